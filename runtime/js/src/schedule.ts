/** Running a function later, as the event loop in Python asks: `_terrarium/loop.py`. */

type Task = () => void;

declare const setImmediate: ((task: Task) => void) | undefined;

/**
 * Runs `task` in a turn of the host's event loop of its own, as soon as possible. Not setTimeout, which browsers make at
 * least four milliseconds long when it is nested.
 */
export const soon: (task: Task) => void = makeSoon();

function makeSoon(): (task: Task) => void {
  if (typeof setImmediate === "function") {
    return setImmediate;
  }
  if (typeof MessageChannel === "function") {
    const tasks: Task[] = [];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => tasks.shift()?.();
    return (task) => {
      tasks.push(task);
      port2.postMessage(null);
    };
  }
  return (task) => {
    setTimeout(task, 0);
  };
}

type Timer = ReturnType<typeof setTimeout>;

/** Runs `task` after `milliseconds`. Gives what unschedule() takes, if that time is not zero. */
export function schedule(task: Task, milliseconds: number): Timer | undefined {
  if (milliseconds <= 0) {
    soon(task);
    return undefined;
  }
  // The longest that setTimeout takes; a task that is early looks at the clock and waits again.
  return setTimeout(task, Math.min(milliseconds, 2 ** 31 - 1));
}

/** Takes back what schedule() was asked for. */
export function unschedule(timer: Timer): void {
  clearTimeout(timer);
}
