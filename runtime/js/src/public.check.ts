/** Nothing but types: tells, when the types are checked, that pyodide.d.ts says what is so. */

import type * as Public from "../pyodide.js";
import type * as Actual from "./index.js";

type Says<Wide, _Narrow extends Wide> = true;

export type Checks = [
  Says<Public.TerrariumAPI["runPython"], Actual.TerrariumAPI["runPython"]>,
  Says<Omit<Public.TerrariumAPI, "ffi">, Omit<Actual.TerrariumAPI, "ffi">>,
  Says<keyof Public.TerrariumAPI["ffi"], keyof Actual.TerrariumAPI["ffi"]>,
  Says<keyof Actual.TerrariumAPI["ffi"], keyof Public.TerrariumAPI["ffi"]>,
  Says<Actual.TerrariumConfig, Omit<Public.TerrariumConfig, "createPyodideModule">>,
];
