"""Importing JavaScript objects as modules, and what has to happen when some modules are imported."""

import sys
from _frozen_importlib import ModuleSpec

import _terrarium_core

JsProxy = _terrarium_core.JsProxy

#: Whether asyncio's loops are to block, as those of a command line do.
blocking_loop = False


class _JsLoader:
    """Makes a registered JavaScript object the module itself."""

    def __init__(self, value):
        self.value = value

    def create_module(self, spec):
        return self.value

    def exec_module(self, module):
        pass


class _JsFinder:
    """Finds modules among the registered JavaScript objects; their properties that are objects are submodules."""

    def __init__(self):
        self.registered = {}

    def find_spec(self, name, path=None, target=None):
        parent, _, child = name.rpartition(".")
        if not parent:
            if name not in self.registered:
                return None
            value = self.registered[name]
        else:
            module = sys.modules.get(parent)
            if not isinstance(module, JsProxy):
                return None
            value = getattr(module, child, None)
            if not isinstance(value, JsProxy):
                raise ModuleNotFoundError(
                    f"No module named {name!r}; {parent!r} has no object of that name", name=name
                )
        return ModuleSpec(name, _JsLoader(value), is_package=True)


class _AsyncioHook:
    """Gives asyncio its event loop as soon as it is imported: nothing need be imported before that."""

    def find_spec(self, name, path=None, target=None):
        if name != "asyncio":
            return None
        sys.meta_path.remove(self)
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                exec_module = spec.loader.exec_module

                def exec_and_install(module):
                    exec_module(module)
                    from _terrarium import loop

                    loop.install_blocking() if blocking_loop else loop.install()

                spec.loader = _Loader(spec.loader, exec_and_install)
                return spec
        return None


class _Loader:
    """A loader that is another one but for exec_module."""

    def __init__(self, loader, exec_module):
        self._loader = loader
        self.exec_module = exec_module

    def __getattr__(self, name):
        return getattr(self._loader, name)


js_finder = _JsFinder()


def install() -> None:
    """Put the finders where the import system looks: ours first for asyncio, last for JavaScript."""
    sys.meta_path.insert(0, _AsyncioHook())
    sys.meta_path.append(js_finder)


def register_js_module(name: str, jsproxy) -> None:
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
