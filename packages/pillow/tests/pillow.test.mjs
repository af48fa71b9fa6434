/** pillow from its wheel, in the release. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { importAll, loadWheels, run } from "../../testing/wheels.mjs";

let py;

before(async () => {
  py = await loadWheels();
});

describe("the wheel", () => {
  test("its packages and every extension module are imported, but the one for tkinter", () => {
    const { packages, extensions } = importAll(py, "pillow", ["PIL._imagingtk"]);
    assert.ok(packages.length > 0 && extensions.length > 0, JSON.stringify({ packages, extensions }));
  });
});

/** Runs a function's body in which `picture` has 8 by 6 pixels, `ramp` goes from black to white, `dot` has one pixel. */
const compute = (body) =>
  run(
    py,
    `
import io, zlib
from PIL import Image, ImageDraw, ImageFilter, ImageStat, UnidentifiedImageError, features
picture = Image.new("RGB", (8, 6), (10, 20, 30))
draw = ImageDraw.Draw(picture)
draw.rectangle((2, 1, 5, 4), fill=(200, 100, 0))
draw.line((0, 0, 7, 5), fill="white")
ramp = Image.linear_gradient("L")
dot = Image.new("L", (5, 5), 0)
dot.putpixel((2, 2), 255)
def saved(image, format):
  file = io.BytesIO()
  image.save(file, format)
  return file.getvalue()
${body.trim()}`,
  );

describe("the wheel's libraries", () => {
  test("zlib is in it; codecs that are not built say so", () => {
    assert.deepEqual(compute("return features.get_supported()"), ["pil", "zlib"]);
    assert.throws(() => compute("saved(picture, 'JPEG')"), /OSError: encoder jpeg not available/);
  });

  test("zlib's version is the one of //packages/zlib", () => {
    assert.equal(compute("return features.version('zlib') == zlib.ZLIB_RUNTIME_VERSION"), true);
  });
});

describe("pixels", () => {
  test("drawing", () => {
    assert.deepEqual(compute("return [zlib.crc32(picture.tobytes()), list(picture.getpixel((4, 1)))]"), [
      1107738421,
      [200, 100, 0],
    ]);
  });

  test("resizing, by boxes, cubic and Lanczos", () => {
    const found = compute(`
sampling = Image.Resampling
return [picture.resize((4, 3), sampling.BOX).tobytes().hex(), ramp.resize((3, 3), sampling.BICUBIC).tobytes().hex(),
  ramp.resize((5, 5), sampling.LANCZOS).tobytes().hex()]`);
    assert.deepEqual(found, [
      "858a8f77634f693c0f0a141e0a141ed68b40d68b400a141e0a141e693c0f77634f858a8f",
      "2c2c2c7f7f7fd3d3d3",
      "19191919194b4b4b4b4b8080808080b4b4b4b4b4e6e6e6e6e6",
    ]);
  });

  test("kernels, blur and maximum of a dot", () => {
    const found = compute(`
kernel = ImageFilter.Kernel((3, 3), [1, 2, 1, 2, 4, 2, 1, 2, 1])
return [dot.filter(it).tobytes().hex() for it in (kernel, ImageFilter.GaussianBlur(1), ImageFilter.MaxFilter(3))]`);
    assert.deepEqual(found, [
      "00000000000010201000002040200000102010000000000000",
      "0004060400030e180e0306182a1806030e180e030004060400",
      "000000000000ffffff0000ffffff0000ffffff000000000000",
    ]);
  });

  test("colours in other spaces, and turning", () => {
    const found = compute(`
red, blue = Image.new("RGB", (1, 1), (255, 0, 0)), Image.new("RGB", (1, 1), (1, 128, 255))
return [red.convert("L").getpixel((0, 0)), list(blue.convert("HSV").getpixel((0, 0))), list(blue.convert("YCbCr").getpixel((0, 0))),
  ramp.rotate(90).getpixel((200, 5)), ImageStat.Stat(ramp).mean]`);
    assert.deepEqual(found, [76, [148, 254, 255], [104, 212, 54], 200, [127.5]]);
  });
});

describe("files", () => {
  for (const format of ["BMP", "GIF", "PNG", "PPM", "TGA", "TIFF"]) {
    test(`what is written as ${format} is read again`, () => {
      const found = compute(`
again = Image.open(io.BytesIO(saved(picture, "${format}")))
return [again.format, again.size == picture.size, again.convert("RGB").tobytes() == picture.tobytes()]`);
      assert.deepEqual(found, [format, true, true]);
    });
  }

  test("a large PNG, palettes and 16 bits", () => {
    const found = compute(`
big = ramp.resize((1500, 1200))
deep = Image.new("I;16", (3, 2), 40_000)
flat = picture.quantize(4)
return [Image.open(io.BytesIO(saved(image, "PNG"))).tobytes() == image.tobytes() for image in (big, deep, flat)]`);
    assert.deepEqual(found, [true, true, true]);
  });
});

describe("what is refused", () => {
  for (const [call, pattern] of [
    ["Image.open(io.BytesIO(b'no picture'))", /UnidentifiedImageError: cannot identify image file/],
    [
      "data = saved(picture, 'PNG')\nImage.open(io.BytesIO(data[:len(data) // 2])).load()",
      /OSError: image file is truncated/,
    ],
    ["Image.frombytes('L', (2, 2), b'123')", /ValueError: not enough image data/],
    ["Image.new('RGB', (-1, 2))", /ValueError: Width and height must be >= 0/],
    ["Image.new('nope', (1, 2))", /ValueError: unrecognized image mode/],
    ["picture.convert('nope')", /ValueError: /],
    ["picture.getpixel((8, 0))", /IndexError: image index out of range/],
    ["picture.resize((0, 1))", /ValueError: height and width must be > 0/],
    ["picture.save(io.BytesIO(), 'NOPE')", /KeyError: 'NOPE'/],
    ["Image.merge('RGB', [ramp, ramp, dot])", /ValueError: size mismatch/],
    ["Image.new('RGB', (2 ** 15, 2 ** 15))", /MemoryError/],
  ]) {
    test(call.split("\n").at(-1), () => {
      assert.throws(() => compute(call), pattern);
    });
  }
});
