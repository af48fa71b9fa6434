"""Importing JavaScript objects as modules, and what has to happen when asyncio is imported."""

import sys
from _frozen_importlib import ModuleSpec

import _terrarium_core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader
    from types import ModuleType
    from typing import Any
else:
    Loader = object

JsProxy = _terrarium_core.JsProxy

#: Whether asyncio's loops are to block, as those of a command line do.
blocking_loop = False


class _JsLoader(Loader):
    """Makes a registered JavaScript object the module itself."""

    def __init__(self, value: _terrarium_core.JsProxy) -> None:
        self.value = value

    def create_module(self, spec: ModuleSpec) -> None:
        """Let Python make a module, to which it writes attributes. It is not kept."""

    def exec_module(self, module: ModuleType) -> None:
        spec = module.__spec__
        assert spec is not None
        # What importing a submodule looks for in its parent.
        _hide_in(self.value, {"__name__": spec.name, "__path__": [], "__spec__": spec})
        keep_as_module(spec.name, self.value)


def keep_as_module(name: str, value: _terrarium_core.JsProxy) -> None:
    """Make the object what `import name` gives."""
    modules: dict[str, Any] = sys.modules
    modules[name] = value


def _hide_in(value: _terrarium_core.JsProxy, properties: dict[str, object]) -> None:
    """Give a JavaScript object properties that do not show when it is iterated over.

    One that takes none, being frozen or the namespace of an ES module, gets none.
    """
    # Not js.Object: what `js` is, the embedder decides.
    js_object = _terrarium_core.runtime().constructor
    if not js_object.isExtensible(value):
        return
    for name, content in properties.items():
        descriptor = js_object.new()
        descriptor.value = content
        descriptor.configurable = descriptor.writable = True
        js_object.defineProperty(value, name, descriptor)


class _JsFinder:
    """Finds modules among the registered JavaScript objects, whose objects are submodules."""

    def __init__(self) -> None:
        self.registered: dict[str, _terrarium_core.JsProxy] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        parent, _, child = name.rpartition(".")
        if not parent:
            if name not in self.registered:
                return None
            value: Any = self.registered[name]
        else:
            modules: dict[str, Any] = sys.modules
            module = modules.get(parent)
            if not isinstance(module, JsProxy):
                return None
            value = getattr(module, child, None)
            if not isinstance(value, JsProxy):
                raise ModuleNotFoundError(
                    f"No module named {name!r}; {parent!r} has no object of that name", name=name
                )
        return ModuleSpec(name, _JsLoader(value), is_package=True)


class _AsyncioHook:
    """Gives asyncio its event loop as soon as it is imported: nothing need be before that."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != "asyncio":
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None and spec.loader is not None:
                spec.loader = _AsyncioLoader(spec.loader, self)
                return spec
        return None


class _AsyncioLoader(Loader):
    """asyncio's own loader, and what is to be done after it.

    Not sooner: who looks for asyncio need not import it.
    """

    def __init__(self, loader: Loader, hook: _AsyncioHook) -> None:
        self._loader = loader
        self._hook = hook

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        if self._hook in sys.meta_path:
            sys.meta_path.remove(self._hook)
        from _terrarium import loop

        loop.install_blocking() if blocking_loop else loop.install()


js_finder = _JsFinder()


def install() -> None:
    """Put the finders where the import system looks: first for asyncio, last for JavaScript."""
    sys.meta_path.insert(0, _AsyncioHook())
    sys.meta_path.append(js_finder)


def register_js_module(name: str, jsproxy: _terrarium_core.JsProxy) -> None:
    """Make a JavaScript object importable as the module `name`."""
    if not isinstance(name, str):
        raise TypeError(f"Argument 'name' must be a str, not {type(name).__name__!r}")
    if not isinstance(jsproxy, JsProxy):
        raise TypeError(f"Argument 'jsproxy' must be a JsProxy, not {type(jsproxy).__name__!r}")
    js_finder.registered[name] = jsproxy


def unregister_js_module(name: str) -> None:
    """Take back register_js_module(). What has been imported stays in sys.modules."""
    if name not in js_finder.registered:
        raise ValueError(
            f"Cannot unregister {name!r}: no JavaScript module with that name is registered"
        )
    del js_finder.registered[name]
