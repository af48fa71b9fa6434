/** The version of the interface: that of Python (314 is 3.14), then ours. */
export const version = "314.0.0";

/** The version of the ABI that wheels for this runtime name: `pyemscripten_2026_0_wasm32`. */
export const abiVersion = "2026_0";
