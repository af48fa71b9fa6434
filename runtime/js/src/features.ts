/** What the engine's WebAssembly can do, for packages that have a build for engines with more. */

/** A module for each feature, by the name in WebAssembly's list of proposals, that only an engine with it takes. */
const PROBES: Record<string, Uint8Array<ArrayBuffer>> = {
  // A function of the instruction f32x4.relaxed_madd.
  "relaxed-simd": new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7b, 0x7b, 0x7b, 0x01, 0x7b],
    ...[0x03, 0x02, 0x01, 0x00],
    ...[0x0a, 0x0d, 0x01, 0x0b, 0x00, 0x20, 0x00, 0x20, 0x01, 0x20, 0x02, 0xfd, 0x85, 0x02, 0x0b],
  ]),
};

/** Whether the engine has a feature. One that is not known here is taken for absent. */
export function hasFeature(name: string): boolean {
  const probe = Object.hasOwn(PROBES, name) ? PROBES[name] : undefined;
  return probe !== undefined && WebAssembly.validate(probe);
}
