/** matplotlib from its wheel, in the release. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { importAll, loadWheels, run } from "../../testing/wheels.mjs";

let py;

before(async () => {
  py = await loadWheels();
});

/** Runs a function's body in which `figure` has 400 by 300 pixels, white, and `pixels()` draws it and gives its colours. */
const compute = (body) =>
  run(
    py,
    `
import io, warnings
warnings.simplefilter("error")
import matplotlib
matplotlib.use("agg")
import numpy as np
from PIL import Image
from matplotlib.figure import Figure
figure = Figure(figsize=(4, 3), dpi=100)
def pixels(figure=figure):
  file = io.BytesIO()
  figure.savefig(file, format="png")
  image = Image.open(file)
  assert image.format == "PNG" and image.mode == "RGBA"
  return np.asarray(image.convert("RGB")).astype(int)
def svg(figure=figure):
  file = io.StringIO()
  figure.savefig(file, format="svg")
  return file.getvalue()
${body.trim()}`,
  );

describe("the wheel", () => {
  test("its packages and every extension module are imported, but the one for tkinter", () => {
    const { packages, extensions } = importAll(py, "matplotlib", ["matplotlib.backends._tkagg"]);
    assert.ok(packages.length > 0 && extensions.length > 0, JSON.stringify({ packages, extensions }));
  });

  test("its fonts and styles are in it", () => {
    const found = compute(`
from matplotlib import font_manager, style
from pathlib import Path
path = Path(font_manager.findfont("DejaVu Sans"))
return [path.name, path.stat().st_size > 500_000, "ggplot" in style.available, "viridis" in matplotlib.colormaps]`);
    assert.deepEqual(found, ["DejaVuSans.ttf", true, true, true]);
  });

  test("FreeType is the one of //packages/freetype", () => {
    assert.deepEqual(
      compute("from matplotlib import ft2font\nreturn [ft2font.__freetype_version__, ft2font.__freetype_build_type__]"),
      ["2.14.3", "system"],
    );
  });
});

describe("PNG by Agg", () => {
  test("an empty figure is white, of the size that was asked for", () => {
    assert.deepEqual(compute("found = pixels()\nreturn [list(found.shape), int(found.min())]"), [[300, 400, 3], 255]);
  });

  test("a thick line has its colour along it", () => {
    const found = compute(`
axes = figure.add_axes((0, 0, 1, 1))
axes.axis("off")
axes.set(xlim=(0, 4), ylim=(0, 3))
axes.plot([0, 4], [1.5, 1.5], color="#ff0000", linewidth=7.2, solid_capstyle="butt")
found = pixels()
red = (found == [255, 0, 0]).all(axis=2)
return [found[150, 200].tolist(), found[50, 200].tolist(), int(red[:, 200].sum()), int(red[150].sum())]`);
    // 7.2 points are 10 pixels.
    assert.deepEqual(found, [[255, 0, 0], [255, 255, 255], 10, 400]);
  });

  test("an image has the colours of its map", () => {
    const found = compute(`
axes = figure.add_axes((0, 0, 1, 1))
axes.axis("off")
axes.imshow(np.array([[0, 1], [2, 3]]), cmap="viridis", aspect="auto", interpolation="nearest")
found = pixels()
return [found[y, x].tolist() for y in (75, 225) for x in (100, 300)] + [
  [int(part) for part in matplotlib.colormaps["viridis"](value / 3, bytes=True)[:3]] for value in range(4)]`);
    assert.equal(found.length, 8);
    assert.deepEqual(found.slice(0, 4), found.slice(4));
    assert.deepEqual(found[0], [68, 1, 84]);
  });

  test("text, its width, and Greek and mathematics", () => {
    const found = compute(`
from matplotlib.backends.backend_agg import FigureCanvasAgg
canvas = FigureCanvasAgg(figure)
texts = [figure.text(0.1, y, text, fontsize=20) for y, text in
  [(0.8, "iiii"), (0.6, "WWWW"), (0.4, "αβγ"), (0.2, r"$\\int_0^1 x^2\\,dx$")]]
found = pixels()
boxes = [text.get_window_extent(canvas.get_renderer()) for text in texts]
ink = [int((found[300 - int(box.y1):300 - int(box.y0), int(box.x0):int(box.x1)] < 128).any(axis=2).sum()) for box in boxes]
return [bool(boxes[1].width > 3 * boxes[0].width), min(ink) > 50, int((found[:, :35] < 255).sum())]`);
    assert.deepEqual(found, [true, true, 0]);
  });

  test("directions and marks are laid out by Raqm", () => {
    // Hebrew goes from the right: the first letter is the last glyph. A letter and its mark are one glyph.
    const found = compute(`
from matplotlib import font_manager, ft2font
font = ft2font.FT2Font(font_manager.findfont("DejaVu Sans"))
font.set_size(20, 72)
items = font._layout("\\u05d0\\u05d1\\u05d2", ft2font.LoadFlags.NO_HINTING)
letters = [font.get_char_index(0x5d0 + number) for number in range(3)]
joined = font._layout("e\\u0301", ft2font.LoadFlags.NO_HINTING)
font.set_text("Wa")
font.draw_glyphs_to_bitmap()
return [[item.glyph_index for item in items] == letters[::-1], 0 not in letters, [item.x for item in items] == sorted(item.x for item in items),
  [item.glyph_index for item in joined] == [font.get_char_index(0xe9)], int(np.asarray(font.get_image()).max()) > 200]`);
    assert.deepEqual(found, [true, true, true, true, true]);
  });

  test("contours, by contourpy, and triangles, by Qhull", () => {
    const found = compute(`
x, y = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-2, 2, 81))
axes = figure.add_axes((0, 0, 1, 1))
lines = axes.contour(x, y, x * x + y * y, levels=[1.0])
filled = axes.contourf(x, y, x * x + y * y, levels=[0, 1], colors=["#0000ff"])
axes.axis("off")
path = lines.get_paths()[0].vertices
found = pixels()
from matplotlib.tri import Triangulation
triangles = Triangulation([0, 1, 1, 0, 0.5], [0, 0, 1, 1, 0.5]).triangles
return [bool(abs(np.hypot(*path.T) - 1).max() < 1e-3), found[150, 200].tolist(), found[10, 10].tolist(), len(triangles)]`);
    assert.deepEqual(found, [true, [0, 0, 255], [255, 255, 255], 4]);
  });

  test("a figure with axes, a legend and a bar of colours, by pyplot", () => {
    const found = compute(`
import matplotlib.pyplot as plt
figure, axes = plt.subplots(1, 2, figsize=(6, 3), dpi=80, layout="constrained")
axes[0].plot(np.arange(10), np.arange(10) ** 2, "o--", label="squares")
axes[0].legend()
figure.colorbar(axes[1].imshow(np.arange(100).reshape(10, 10)))
axes[1].set_title("title")
found = pixels(figure)
plt.close(figure)
return [list(found.shape), bool((found == [31, 119, 180]).all(axis=2).sum() > 100), len(np.unique(found.reshape(-1, 3), axis=0)) > 200]`);
    assert.deepEqual(found, [[240, 480, 3], true, true]);
  });
});

describe("other formats", () => {
  test("SVG has the line's path and the text's glyphs", () => {
    const found = compute(`
import xml.etree.ElementTree as tree
figure.add_subplot().plot([0, 1], [0, 1], color="#123456")
matplotlib.rcParams["svg.fonttype"] = "none"
figure.text(0.5, 0.5, "words")
root = tree.fromstring(svg())
name = "{http://www.w3.org/2000/svg}"
return [root.tag == name + "svg", root.get("width"), root.get("height"), "words" in [it.text for it in root.iter(name + "text")],
  any("#123456" in it.get("style", "") for it in root.iter(name + "path"))]`);
    assert.deepEqual(found, [true, "288pt", "216pt", true, true]);
  });

  test("PDF", () => {
    const found = compute(`
figure.text(0.5, 0.5, "words")
file = io.BytesIO()
figure.savefig(file, format="pdf")
return [file.getvalue()[:5].decode(), b"DejaVuSans" in file.getvalue()]`);
    assert.deepEqual(found, ["%PDF-", true]);
  });
});

describe("what is refused", () => {
  for (const [call, pattern] of [
    ["figure.savefig(io.BytesIO(), format='nope')", /ValueError: Format 'nope' is not supported/],
    ["figure.add_subplot().plot([1, 2], [1, 2, 3])", /ValueError: x and y must have same first dimension/],
    ["figure.add_subplot().plot([1], color='nope')", /ValueError: 'nope' is not a valid value for color/],
    ["figure.text(0, 0, '$\\\\frac{1}$')\npixels()", /ValueError/],
    [
      "from matplotlib.ft2font import FT2Font\nFT2Font(io.BytesIO(b'no font' * 100))",
      /RuntimeError: FT_Open_Face .* failed with error 0x02: unknown file format/,
    ],
    ["from matplotlib.tri import Triangulation\nTriangulation([0, 1, 2], [0, 1, 2])", /RuntimeError: Error in qhull/],
    [
      "matplotlib.use('tkagg', force=True)\nimport matplotlib.pyplot as plt\nplt.figure()",
      /ModuleNotFoundError: No module named 'tkinter'/,
    ],
  ]) {
    test(call.split("\n").at(-1), () => {
      assert.throws(() => compute(call), pattern);
    });
  }
});
