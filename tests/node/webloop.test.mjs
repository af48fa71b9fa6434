/** asyncio on the host's event loop. CPython's own tests of asyncio want sockets, and are skipped. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { afterEach, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { dist, loadTerrarium } from "./support.mjs";

const errors = [];
const py = await loadTerrarium({ stderr: (line) => errors.push(line) });
afterEach(() => {
  errors.length = 0;
});

/** Runs code in a namespace of its own, with asyncio and a list `out`. Gives the value of its last expression. */
async function run(code) {
  const globals = py.runPython("{'asyncio': __import__('asyncio'), 'out': []}");
  try {
    const value = await py.runPythonAsync(code, { globals });
    return py.isPyProxy(value) ? value.toJs() : value;
  } finally {
    globals.destroy();
  }
}

/** Runs code in an interpreter and a Node of its own, until that has nothing to wait for. */
function runAlone(code) {
  const module = pathToFileURL(join(dist, "pyodide.mjs")).href;
  const script = `import { loadTerrarium } from "${module}"; (await loadTerrarium()).runPython(${JSON.stringify(code)})`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8", timeout: 60_000 });
}

describe("callbacks", () => {
  test("are called in the order of call_soon, what they ask for after them", async () => {
    assert.deepEqual(
      await run(`
        loop = asyncio.get_running_loop()
        def first():
            out.append("first")
            loop.call_soon(out.append, "asked by first")
        loop.call_soon(first)
        loop.call_soon(out.append, "second")
        loop.call_soon(out.append, "cancelled").cancel()
        loop.call_soon_threadsafe(out.append, "third")
        await asyncio.sleep(0.01)
        out`),
      ["first", "second", "third", "asked by first"],
    );
  });

  test("of timers are called in the order of their times, and of asking for the same time", async () => {
    assert.deepEqual(
      await run(`
        loop = asyncio.get_running_loop()
        now = loop.time()
        for delay in (0.0109, 0.0103, 0.0107, 0.0101, 0.0105):
            loop.call_at(now + delay, out.append, delay)
        for name in "abc":
            loop.call_at(now + 0.0104, out.append, name)
        loop.call_at(now - 1, out.append, "past")
        loop.call_later(-2, out.append, "long past")
        await asyncio.sleep(0.05)
        out`),
      ["long past", "past", 0.0101, 0.0103, "a", "b", "c", 0.0105, 0.0107, 0.0109],
    );
  });

  test("of timers are not called before their time, nor when they are cancelled", async () => {
    assert.deepEqual(
      await run(`
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        when = loop.time() + 0.0123
        handle = loop.call_at(when, lambda: done.set_result(loop.time()))
        earlier = loop.call_later(0.005, out.append, "cancelled")
        loop.call_later(0.001, earlier.cancel)
        [await done >= when == handle.when(), earlier.cancelled(), out]`),
      [true, true, []],
    );
  });

  test("an earlier timer is not held up by a later one", async () => {
    assert.equal(
      await run(`
        loop = asyncio.get_running_loop()
        late = loop.call_later(60, out.append, "late")
        await asyncio.sleep(0.01)
        late.cancel()
        "slept"`),
      "slept",
    );
  });

  test("cancelled timers are forgotten before their time", async () => {
    const kept = await run(`
      import gc
      loop = asyncio.get_running_loop()
      first = loop.call_later(60, print)
      for i in range(5000):
          loop.call_later(3600, print).cancel()
      first.cancel()
      sum(isinstance(thing, asyncio.TimerHandle) for thing in gc.get_objects())`);
    assert.ok(kept < 500, `${kept} of 5000`);
  });

  test("cancelled timers do not keep Node from ending", () => {
    const { status, stderr } = runAlone(`
      import asyncio
      loop = asyncio.get_event_loop()
      timers = [loop.call_later(delay, print) for delay in (3600, 1800, 7200)]
      for timer in timers: timer.cancel()`);
    assert.deepEqual([status, stderr], [0, ""]);
  });

  test("leave the host its turns, however many they are", async () => {
    let turns = 0;
    const count = setInterval(() => turns++, 1);
    await run(`
      import time
      def work():
          end = time.monotonic() + 0.002
          while time.monotonic() < end: pass
      async def worker():
          for i in range(5):
              work()
              await asyncio.sleep(0)
      await asyncio.gather(*(worker() for i in range(20)))`);
    clearInterval(count);
    assert.ok(turns >= 5, `${turns} turns in 200 ms of work`);
  });

  test("run in the context that they are given, an empty one too, else in a copy", async () => {
    assert.deepEqual(
      await run(`
        from contextvars import Context, ContextVar, copy_context
        var = ContextVar("var", default="default")
        var.set("outer")
        loop = asyncio.get_running_loop()
        other = copy_context()
        other.run(var.set, "other")
        note = lambda: out.append(var.get())
        loop.call_soon(note)
        loop.call_soon(note, context=other)
        loop.call_soon(note, context=Context())
        loop.call_later(0, note, context=Context())
        loop.call_soon(var.set, "inner")
        await asyncio.sleep(0.01)
        [*out, var.get()]`),
      ["outer", "other", "default", "default", "outer"],
    );
  });
});

describe("exceptions in callbacks", () => {
  test("reach the handler", async () => {
    assert.deepEqual(
      await run(`
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda *told: out.append(told))
        loop.call_soon(lambda: 1 / 0)
        await asyncio.sleep(0.01)
        handler = loop.get_exception_handler()
        loop.set_exception_handler(None)
        (told_loop, context), = out
        [told_loop is loop, type(context["exception"]).__name__, context["message"], handler is not None]`),
      [true, "ZeroDivisionError", "Exception in callback <lambda>() at <exec>:4", true],
    );
    assert.deepEqual(errors, []);
  });

  test("are on standard error without a handler, and the loop goes on", async () => {
    assert.equal(
      await run("asyncio.get_running_loop().call_soon(lambda: 1 / 0); await asyncio.sleep(0.01, 'on')"),
      "on",
    );
    assert.match(errors.join("\n"), /^Exception in callback <lambda>\(\).*[\s\S]*ZeroDivisionError: division by zero$/);
  });

  test("those of the handler itself too", async () => {
    await run(`
      loop = asyncio.get_running_loop()
      def fails(loop, context): raise LookupError("mine")
      loop.set_exception_handler(fails)
      loop.call_soon(lambda: 1 / 0)
      await asyncio.sleep(0.01)
      loop.set_exception_handler(None)`);
    assert.match(errors.join("\n"), /exception handler[\s\S]*Exception in callback[\s\S]*LookupError: mine$/);
  });

  test("those of tasks that nobody awaits are on standard error when the task is garbage", async () => {
    await run(`
      import gc
      async def fails(): 1 / 0
      task = asyncio.create_task(fails(), name="lonely")
      await asyncio.sleep(0.01)
      del task
      gc.collect()`);
    assert.match(errors.join("\n"), /exception was never retrieved\n.*name='lonely'[\s\S]*ZeroDivisionError/);
  });

  test("SystemExit and KeyboardInterrupt are told of, and end nothing", async () => {
    assert.equal(
      await run(`
        import sys
        loop = asyncio.get_running_loop()
        def interrupted(): raise KeyboardInterrupt
        loop.call_soon(sys.exit, 3)
        loop.call_soon(interrupted)
        loop.call_soon(out.append, "on")
        await asyncio.sleep(0.01)
        out[0]`),
      "on",
    );
    assert.match(errors.join("\n"), /^SystemExit in a callback[\s\S]*SystemExit: 3\nKeyboardInterrupt in a callback/);
  });

  test("those two in a task are kept for who awaits it", async () => {
    assert.deepEqual(
      await run(`
        import sys
        async def ends(): sys.exit(4)
        try:
            await asyncio.create_task(ends())
        except SystemExit as e:
            out.append(e.code)
        out`),
      [4],
    );
    assert.deepEqual(errors, []);
  });
});

describe("tasks", () => {
  test("give results, names and exceptions", async () => {
    assert.deepEqual(
      await run(`
        async def add(a, b):
            await asyncio.sleep(0)
            return a + b
        async def fails(): raise KeyError("k")
        task = asyncio.create_task(add(1, 2), name="sum")
        other = asyncio.create_task(fails())
        await asyncio.wait([task, other])
        [task.result(), task.get_name(), type(other.exception()).__name__]`),
      [3, "sum", "KeyError"],
    );
  });

  test("are cancelled, may object, and are shielded", async () => {
    assert.deepEqual(
      await run(`
        async def sleeper():
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError as e:
                out.append(e.args)
                raise
        async def objects():
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                return "no"
        tasks = [asyncio.create_task(sleeper()), asyncio.create_task(objects())]
        never = asyncio.create_task(sleeper())
        never.cancel()
        await asyncio.sleep(0)
        for task in tasks: task.cancel("enough")
        await asyncio.wait(tasks)
        inner = asyncio.create_task(asyncio.sleep(0.01, "inner"))
        outer = asyncio.create_task(asyncio.wait_for(asyncio.shield(inner), 60))
        await asyncio.sleep(0)
        outer.cancel()
        await asyncio.wait([outer])
        [tasks[0].cancelled(), tasks[1].result(), never.cancelled(), outer.cancelled(), await inner, [list(a) for a in out]]`),
      [true, "no", true, true, "inner", [["enough"]]],
    );
  });

  test("gather", async () => {
    assert.deepEqual(
      await run(`
        async def after(delay, value):
            await asyncio.sleep(delay)
            if isinstance(value, Exception): raise value
            out.append(value)
            return value
        both = await asyncio.gather(after(0.01, "a"), after(0, "b"))
        mixed = await asyncio.gather(after(0, "c"), after(0, ValueError("d")), return_exceptions=True)
        try:
            await asyncio.gather(after(0.001, KeyError("e")), after(0.01, "f"))
        except KeyError as e:
            caught = e.args[0]
        await asyncio.sleep(0.02)
        [both, [repr(x) for x in mixed], caught, out]`),
      [["a", "b"], ["'c'", "ValueError('d')"], "e", ["b", "a", "c", "f"]],
    );
  });

  test("TaskGroup cancels the others when one fails", async () => {
    assert.deepEqual(
      await run(`
        async def fails():
            await asyncio.sleep(0.001)
            raise ValueError("first")
        async def waits():
            try:
                await asyncio.sleep(60)
            finally:
                out.append("stopped")
        async with asyncio.TaskGroup() as group:
            fine = group.create_task(asyncio.sleep(0, "fine"))
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(waits())
                group.create_task(fails())
        except* ValueError as e:
            out.extend(str(x) for x in e.exceptions)
        [fine.result(), *out]`),
      ["fine", "stopped", "first"],
    );
  });

  test("wait and as_completed", async () => {
    assert.deepEqual(
      await run(`
        a, b, c = futures = [asyncio.get_running_loop().create_future() for i in range(3)]
        async def get(future): return await future
        tasks = [asyncio.create_task(get(future)) for future in futures]
        b.set_result("b")
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        c.set_result("c")
        asyncio.get_running_loop().call_later(0.001, a.set_result, "a")
        [[t.result() for t in done], len(pending), [await t for t in asyncio.as_completed(pending)]]`),
      [["b"], 2, ["c", "a"]],
    );
  });

  test("timeouts", async () => {
    assert.deepEqual(
      await run(`
        try:
            async with asyncio.timeout(0.01):
                await asyncio.sleep(60)
        except TimeoutError:
            out.append("timeout")
        try:
            await asyncio.wait_for(asyncio.sleep(60), 0.01)
        except TimeoutError:
            out.append("wait_for")
        out.append(await asyncio.wait_for(asyncio.sleep(0.001, "in time"), 60))
        async with asyncio.timeout(0.01) as scope:
            scope.reschedule(None)
            await asyncio.sleep(0.02)
        try:
            async with asyncio.timeout(60):
                async with asyncio.timeout_at(asyncio.get_running_loop().time()):
                    await asyncio.sleep(60)
        except TimeoutError:
            out.append("inner")
        out`),
      ["timeout", "wait_for", "in time", "inner"],
    );
  });

  test("have contexts of their own", async () => {
    assert.deepEqual(
      await run(`
        from contextvars import ContextVar, copy_context
        var = ContextVar("var")
        async def sets(value):
            var.set(value)
            await asyncio.sleep(0)
            out.append(var.get())
        var.set("outer")
        await asyncio.gather(sets("a"), sets("b"))
        context = copy_context()
        await asyncio.create_task(sets("c"), context=context)
        [*out, var.get(), context[var]]`),
      ["a", "b", "c", "outer", "c"],
    );
  });

  test("can be eager, or of another class", async () => {
    assert.deepEqual(
      await run(`
        loop = asyncio.get_running_loop()
        async def note(): out.append("ran")
        eager = asyncio.create_task(note(), eager_start=True)
        at_once = list(out)
        class Task(asyncio.Task): pass
        loop.set_task_factory(lambda loop, coro, **kwargs: Task(coro, loop=loop, **kwargs))
        task = asyncio.create_task(note(), name="named")
        loop.set_task_factory(None)
        await task
        [at_once, eager.done(), type(task) is Task, task.get_name(), loop.get_task_factory() is None]`),
      [["ran"], true, true, "named", true],
    );
  });

  test("ten thousand at once", async () => {
    assert.equal(
      await run("sum(await asyncio.gather(*(asyncio.sleep(i % 7 / 1000, i) for i in range(10_000))))"),
      (10_000 * 9_999) / 2,
    );
  });
});

describe("synchronization", () => {
  test("Queue", async () => {
    assert.deepEqual(
      await run(`
        queue = asyncio.Queue(maxsize=2)
        async def produce():
            for i in range(5):
                await queue.put(i)
                out.append(queue.qsize() <= 2)
            await queue.join()
            queue.shutdown()
        async def consume():
            got = []
            try:
                while True:
                    got.append(await queue.get())
                    await asyncio.sleep(0)
                    queue.task_done()
            except asyncio.QueueShutDown:
                return got
        results = await asyncio.gather(produce(), consume())
        [results[1], all(out)]`),
      [[0, 1, 2, 3, 4], true],
    );
  });

  test("Lock, Semaphore", async () => {
    assert.deepEqual(
      await run(`
        async def user(gate, name):
            async with gate:
                out.append(f"+{name}")
                await asyncio.sleep(0.001)
                out.append(f"-{name}")
        await asyncio.gather(*(user(lock, name) for lock in [asyncio.Lock()] for name in "abc"))
        held = "".join(out)
        out.clear()
        gate = asyncio.BoundedSemaphore(2)
        await asyncio.gather(*(user(gate, name) for name in "abc"))
        [held, "".join(out[:4])]`),
      ["+a-a+b-b+c-c", "+a+b-a-b"],
    );
  });

  test("Event, Condition, Barrier", async () => {
    assert.deepEqual(
      await run(`
        event, condition, barrier = asyncio.Event(), asyncio.Condition(), asyncio.Barrier(2)
        async def waits(name):
            await event.wait()
            async with condition:
                await condition.wait_for(lambda: "go" in out)
                out.append(name)
            await barrier.wait()
        tasks = [asyncio.create_task(waits(name)) for name in "ab"]
        await asyncio.sleep(0)
        event.set()
        await asyncio.sleep(0)
        async with condition:
            out.append("go")
            condition.notify_all()
        await asyncio.gather(*tasks)
        out`),
      ["go", "a", "b"],
    );
  });
});

describe("what needs threads elsewhere", () => {
  test("run_in_executor and to_thread run the function now", async () => {
    assert.deepEqual(
      await run(`
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(None, divmod, 7, 2)
        done = future.done()
        try:
            await loop.run_in_executor(None, lambda: 1 / 0)
        except ZeroDivisionError:
            out.append("raised")
        try:
            await loop.run_in_executor(None, next, iter(()))
        except RuntimeError:
            out.append("no StopIteration")
        [done, list(await future), await asyncio.to_thread(max, 1, 2), *out]`),
      [true, [3, 1], 2, "raised", "no StopIteration"],
    );
  });

  test("sockets, processes and signals are refused, with what there is instead", async () => {
    for (const [call, instead] of [
      ["asyncio.open_connection('127.0.0.1', 9)", /no sockets here: use pyodide\.http\.pyfetch/],
      ["asyncio.start_server(print, '127.0.0.1', 9)", /no sockets here/],
      ["asyncio.create_subprocess_exec('true')", /no other processes here/],
      ["asyncio.sleep(0, asyncio.get_running_loop().add_signal_handler(2, print))", /signal\.signal/],
    ]) {
      await assert.rejects(run(`await ${call}`), { type: "NotImplementedError", message: instead });
    }
  });
});

describe("the loop", () => {
  test("runs always, and cannot be ended", async () => {
    assert.deepEqual(
      await run(`
        loop = asyncio.get_running_loop()
        loop.stop(); loop.close(); loop.run_forever()
        await loop.shutdown_asyncgens(); await loop.shutdown_default_executor()
        [loop is asyncio.get_event_loop(), loop.is_running(), loop.is_closed(), await asyncio.sleep(0, "on")]`),
      [true, true, false, "on"],
    );
    assert.equal(py.runPython("import asyncio; asyncio.get_running_loop() is asyncio.get_event_loop()"), true);
  });

  test("run_until_complete gives the task, for a page cannot wait", async () => {
    assert.deepEqual(
      await run(`
        loop = asyncio.get_running_loop()
        task = loop.run_until_complete(asyncio.sleep(0.001, "value"))
        future = loop.create_future()
        [isinstance(task, asyncio.Task), await task, loop.run_until_complete(future) is future]`),
      [true, "value", true],
    );
  });

  test("new_event_loop gives a loop whose tasks can be awaited", async () => {
    assert.deepEqual(
      await run(`
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        async def main():
            await asyncio.sleep(0.001)
            return asyncio.current_task() in asyncio.all_tasks()
        task = loop.run_until_complete(main())
        loop.close()
        [await task, asyncio.get_running_loop().is_closed()]`),
      [true, false],
    );
    assert.equal(
      await py.runPythonAsync(
        "loop = asyncio.new_event_loop(); loop.run_until_complete(asyncio.sleep(0, 'to JavaScript'))",
      ),
      "to JavaScript",
    );
  });

  test("asyncio.run and asyncio.Runner say that a loop is running, and cancel nothing", async () => {
    assert.deepEqual(
      await run(`
        async def main(): out.append("never")
        other = asyncio.create_task(asyncio.sleep(0.01, "other"))
        for start in (asyncio.run, lambda coro: asyncio.Runner().__enter__().run(coro)):
            coro = main()
            try:
                start(coro)
            except RuntimeError as e:
                out.append("running event loop" in str(e))
            coro.close()
        try:
            with asyncio.Runner() as runner:
                coro = main()
                runner.run(coro)
        except RuntimeError:
            coro.close()
        [*out, await other]`),
      [true, true, "other"],
    );
  });

  test("another WebLoop is the running one in its callbacks", async () => {
    assert.deepEqual(
      await run(`
        from pyodide.webloop import WebLoop
        main, other = asyncio.get_running_loop(), WebLoop()
        async def note():
            out.append(asyncio.get_running_loop() is other)
            await asyncio.sleep(0.001)
            out.append(asyncio.get_running_loop() is other)
        other.create_task(note())
        await asyncio.sleep(0.02)
        [*out, asyncio.get_running_loop() is main]`),
      [true, true, true],
    );
  });
});

describe("asynchronous generators", () => {
  const counter = `
        async def counter():
            try:
                for i in range(10): yield i
            finally:
                await asyncio.sleep(0)
                out.append("closed")`;

  test("that are left in the middle run their finally when they are garbage", async () => {
    assert.deepEqual(
      await run(`${counter}
        import gc
        async for i in counter():
            if i == 2: break
        gc.collect()
        await asyncio.sleep(0.01)
        out`),
      ["closed"],
    );
    assert.deepEqual(errors, []);
  });

  test("and when they are closed, but not when somebody thinks that the loop ends", async () => {
    assert.deepEqual(
      await run(`${counter}
        generator = counter()
        out.append(await anext(generator))
        await asyncio.get_running_loop().shutdown_asyncgens()
        out.append(await anext(generator))
        await generator.aclose()
        out`),
      [0, 1, "closed"],
    );
  });
});

describe("promises", () => {
  test("are awaited, together with other awaitables", async () => {
    globalThis.soon = (value) => new Promise((resolve) => setTimeout(resolve, 1, value));
    assert.deepEqual(
      await run(`
        from js import Promise, soon
        async def add(a): return a + await soon(1)
        together = await asyncio.gather(soon(1), add(1), asyncio.wait_for(soon(3), 60))
        [await soon("a"), together, await Promise.all([soon(1)])]`),
      ["a", [1, 2, 3], [1]],
    );
  });

  test("reject with what they were rejected with", async () => {
    globalThis.rejects = (reason) => Promise.reject(reason);
    globalThis.typeError = new TypeError("mine");
    assert.deepEqual(
      await run(`
        from js import rejects, typeError
        from pyodide.ffi import JsException
        for reason in (typeError, "text"):
            try:
                await rejects(reason)
            except JsException as e:
                out.append(e.message)
        async def fails(): raise KeyError("Python's")
        try:
            await rejects(None).catch(lambda _: fails())
        except KeyError as e:
            out.append(e.args[0])
        out`),
      ["mine", "A value that is no Error was thrown: text", "Python's"],
    );
  });

  test("that nobody waits for any more do no harm", async () => {
    assert.equal(
      await run(`
        from js import rejects, soon
        async def waits(function, value): await function(value)
        for function in (soon, rejects):
            task = asyncio.create_task(waits(function, "ignored"))
            await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
        await asyncio.sleep(0.01)
        task.cancelled()`),
      true,
    );
  });

  test("come of coroutines, futures and tasks", async () => {
    const [coroutine, future, task, cancelled] = py.runPython(`
      import asyncio
      async def add(a, b):
          await asyncio.sleep(0.001)
          return a + b
      future = asyncio.get_running_loop().create_future()
      asyncio.get_running_loop().call_later(0.001, future.set_result, "future")
      cancelled = asyncio.ensure_future(add(1, 2))
      cancelled.cancel()
      [add(1, 2), future, asyncio.ensure_future(add("a", "b")), cancelled]`);
    assert.deepEqual(await Promise.all([coroutine, coroutine, future, task]), [3, 3, "future", "ab"]);
    await assert.rejects(Promise.resolve(cancelled), { type: "CancelledError" });
    await assert.rejects(py.runPython("async def fails(): raise LookupError('x')\nfails()").then(), {
      type: "LookupError",
    });
  });

  test("then, catch and finally_ of promises take Python functions", async () => {
    assert.deepEqual(
      await run(`
        from js import Promise
        note = lambda *values: out.append(list(values))
        value = await Promise.resolve(5).then(lambda v: v + 1).finally_(note)
        other = await Promise.reject("no").then(note, lambda e: e.upper()).then(None)
        [value, other, await Promise.reject("no").catch(lambda e: "caught"), out]`),
      [6, "NO", "caught", [[]]],
    );
  });

  test("an exception in such a function is JavaScript's to report", () => {
    const { status, stderr } = runAlone("from js import Promise; Promise.resolve(1).then(lambda v: v / 0); None");
    assert.equal(status, 1);
    assert.match(stderr, /ZeroDivisionError: division by zero/);
  });

  test("those functions are given up once they are called", async () => {
    assert.equal(
      await run(`
        import gc, weakref
        from js import Promise
        class Function:
            def __call__(self, value): return value
        functions = [Function(), Function()]
        references = [weakref.ref(f) for f in functions]
        await Promise.resolve(1).then(functions[0])
        await Promise.resolve(1).finally_(lambda f=functions.pop(): None)
        functions.clear()
        gc.collect()
        [r() for r in references] == [None, None]`),
      true,
    );
  });

  test("futures and tasks have then, catch and finally_ too", async () => {
    assert.deepEqual(
      await run(`
        from pyodide.webloop import PyodideFuture, PyodideTask
        loop = asyncio.get_running_loop()
        async def fails(): raise KeyError("k")
        async def twice(x): return 2 * x
        future = loop.create_future()
        doubled = future.then(twice)
        future.set_result(4)
        task = asyncio.create_task(fails())
        noted = task.finally_(lambda: out.append("finally"))
        caught = await task.catch(lambda e: repr(e))
        try:
            await noted
        except KeyError:
            out.append("still raised")
        unlike = asyncio.create_task(asyncio.sleep(60)).then(print)
        await asyncio.sleep(0)
        unlike.cancel()
        [await doubled, caught, await future.then(None, print), out, isinstance(task, PyodideTask), isinstance(task, PyodideFuture)]`),
      [8, "KeyError('k')", 4, ["finally", "still raised"], true, true],
    );
  });

  test("asynchronous iterators of JavaScript, those written by hand too", async () => {
    globalThis.generated = async function* () {
      yield 1;
      yield 2;
    };
    globalThis.byHand = () => ({
      step: 0,
      next() {
        this.step++;
        // `done` and `value` are left out where JavaScript takes them to be undefined.
        const result = this.step < 3 ? { value: this.step } : { done: true };
        return this.step === 1 ? result : Promise.resolve(result);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    });
    assert.deepEqual(
      await run("from js import generated, byHand\n[[x async for x in f()] for f in (generated, byHand)]"),
      [
        [1, 2],
        [1, 2],
      ],
    );
  });

  test("a request is aborted when its task is cancelled", { timeout: 100_000 }, async () => {
    const server = createServer((request, response) => {
      if (request.url === "/body") {
        response.write("half");
      }
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      for (const path of ["/nothing", "/body"]) {
        let closed;
        globalThis.requested = new Promise((resolve) => {
          server.once("request", (_, response) => {
            closed = new Promise((close) => response.once("close", close));
            resolve();
          });
        });
        assert.equal(
          await run(`
            from js import requested
            from pyodide.http import pyfetch
            answered = asyncio.Event()
            async def get():
                response = await pyfetch("http://127.0.0.1:${server.address().port}${path}")
                answered.set()
                await response.string()
            task = asyncio.create_task(get())
            await requested
            if "${path}" == "/body": await answered.wait()
            await asyncio.sleep(0.01)
            task.cancel()
            await asyncio.wait([task])
            task.cancelled()`),
          true,
        );
        await closed;
      }
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("importing asyncio", () => {
  // Each in an interpreter that has not imported it.
  const cases = {
    "after looking for it": async (fresh) => {
      assert.deepEqual(await fresh.loadPackagesFromImports("import asyncio"), []);
      fresh.runPython("from importlib.util import find_spec; find_spec('asyncio')");
    },
    "through pyodide.webloop": (fresh) => fresh.runPython("import pyodide.webloop"),
  };
  for (const [name, prepare] of Object.entries(cases)) {
    test(`${name} puts the loop in place`, async () => {
      const fresh = await loadTerrarium();
      await prepare(fresh);
      assert.deepEqual(
        (
          await fresh.runPythonAsync(`
            import asyncio, inspect
            await asyncio.sleep(0.001)
            [type(asyncio.get_running_loop()).__name__, "Loader" in type(asyncio.__loader__).__name__, bool(inspect.getsource(asyncio))]`)
        ).toJs(),
        ["WebLoop", false, true],
      );
    });
  }
});
