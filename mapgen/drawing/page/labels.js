/* Labels that never overlap: the important first, eight positions, the second line dropped before the label. */

const LINE_HEIGHT = { 't-ev': 16, 't-evs': 14, 't-sub': 14, 't-town': 13, 't-city': 14, 't-ann': 15.5, 't-read': 15.5, 't-ann2': 14, 't-country': 14, 't-admin': 13, 't-water': 16 };
const FONT = { 't-ev': '700 13.5px ', 't-evs': '700 12px ', 't-sub': '400 11.5px ', 't-town': '400 11px ', 't-city': '400 12px ', 't-ann': '650 12.5px ', 't-read': '650 12.5px ', 't-ann2': '400 11.5px ', 't-country': '400 11px ', 't-admin': 'italic 400 11px ', 't-water': 'italic 12.5px ' };
/** A ruler for each class: to change the font of one costs more than to measure. @type {Map<string, CanvasRenderingContext2D>} */
const RULERS = new Map();

/** Width in pixels of a line of text in one of the label classes. */
function textWidth(text, cls) {
  const key = `${cls}/${text}`, known = widths.get(key);
  if (known !== undefined) return known;
  let ruler = RULERS.get(cls);
  if (!ruler) {
    ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d'));
    ruler.font = FONT[cls] + getComputedStyle(document.body).fontFamily;
    RULERS.set(cls, ruler);
  }
  const width = ruler.measureText(text).width * (cls === 't-country' ? 1.42 : cls === 't-admin' ? 1.14 : 1.02);
  widths.set(key, width);
  return width;
}
/** @type {Map<string, number>} */
const widths = new Map();

/** Whether two boxes [x0, y0, x1, y1] share ground. */
const meets = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

/** The box of a label of size w x h at one of eight sides of a point; k is how far off it stands. */
function boxAt(dir, l, w, h) {
  const r = l.r + 2, k = l.r * 0.72 + 1;
  const at = {
    E: [l.x + r, l.y - h / 2, 'start'], W: [l.x - r - w, l.y - h / 2, 'end'],
    N: [l.x - w / 2, l.y - r - h + 2, 'middle'], S: [l.x - w / 2, l.y + r - 2, 'middle'],
    NE: [l.x + k, l.y - k - h + 3, 'start'], SE: [l.x + k, l.y + k - 3, 'start'],
    NW: [l.x - k - w, l.y - k - h + 3, 'end'], SW: [l.x - k - w, l.y + k - 3, 'end'],
    C: [l.x - w / 2, l.y - h / 2, 'middle'],
  };
  const [x, y, anchor] = at[dir];
  return { box: [x, y, x + w, y + h], anchor };
}

/** How many pixels farther from its place than usual a name may stand that has a line to it. */
const LED_PX = 64;
const AROUND = ['E', 'W', 'NE', 'SE', 'NW', 'SW', 'N', 'S'];

/** Labels in the order in which they get room: by priority, words, and where they stand; pictures have the same order. @param {any[]} labels */
function labelOrder(labels) {
  const less = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const words = (a, b) => {
    for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (a[i][0] !== b[i][0]) return less(a[i][0], b[i][0]);
    return a.length - b.length;
  };
  return [...labels].sort((a, b) => b.priority - a.priority || words(a.lines, b.lines) || a.x - b.x || a.y - b.y);
}

/**
 * Choose where labels go.
 * @param {any[]} labels each {priority, x, y, r, lines: [text, class][], broken?, dirs?, keep?, led?, far?, most?, line?}; broken are the same words
 *   in more and shorter lines, led that a name without room beside its sign may stand farther off with a line to it, most how far off one may
 *   stand, line whether one in a box needs a line to its sign, however near,
 *   others boxes round the signs of other places, which the line of a led name avoids: it would seem to be their name
 * @param {any[][]} obstacles boxes [x0, y0, x1, y1, soft]; soft ones may be covered if nothing else is free
 * @param {number[]} frame box that labels must stay inside
 * @param {number[][]} [walls] boxes over the map, under which no leader line may run
 * @returns {any[]} the placed ones, with box, anchor, lines, leader
 */
function placeLabels(labels, obstacles, frame, walls = []) {
  const taken = obstacles.slice(), placed = [];
  const inside = (b) => b[0] >= frame[0] && b[1] >= frame[1] && b[2] <= frame[2] && b[3] <= frame[3];
  const free = (b, soft) => !taken.some((q) => !(soft && q[4]) && meets(b, q));
  // the last resort of a name that may not be dropped: it may cover a sign, but no other name
  const names = walls.slice(), clear = (b) => !names.some((q) => meets(b, q));
  for (const l of labelOrder(labels)) {
    if (l.once && placed.some((p) => p.label.once === l.once)) continue;
    const tries = [[l.lines, false]];
    if (l.broken) tries.push([l.broken, false]);
    if (!l.far && l.lines.length > 1) tries.push([l.lines.slice(0, 1), false]);
    if (l.soft) tries.push([l.lines.slice(0, 1), true]);
    if (l.keep) tries.push([l.far ? l.lines : l.lines.slice(0, 1), true]);
    if (l.keep && l.broken) tries.push([l.broken, true]);
    if (l.far && l.most && l.lines.length > 1) tries.push([l.lines.slice(0, 2), true], [l.lines.slice(0, 1), true]);
    // in a narrow window, smaller letters rather than no name
    const small = l.lines[0][1] === 't-ev' ? [[l.lines[0][0], 't-evs']] : l.lines.slice(0, 1);
    // a line to the place is clearer than a name over the sign of another
    if (l.keep && !l.far) tries.push([small, true], [l.lines.slice(0, 1), 'tight'], [small, 'tight'], [small, 'led'], [l.lines.slice(0, 1), 'force'], [small, 'force'], [small, 'loose']);
    if (l.led) tries.push([small, 'led']);
    // a sign that lies under another cannot be told from it: better no name than one that seems to be the other's
    if (l.led && !(l.others || []).some((q) => meets([l.x, l.y, l.x, l.y], q))) tries.push([small, 'loose']);
    let done = null;
    for (const [lines, soft] of tries) {
      const w = Math.max(...lines.map((q) => textWidth(q[0], q[1]))), h = lines.reduce((s, q) => s + LINE_HEIGHT[q[1]], 0);
      if (l.far) done = searchGround(l, w, h, inside, (b) => free(b, soft), walls);
      else if (soft === 'led' || soft === 'loose') done = searchGround({ ...l, most: l.r + LED_PX, line: () => true }, w, h, inside, (b) => free(b, false), soft === 'led' ? names.concat(l.others || []) : walls);
      else done = nearby(l, w, h, inside, (b) => (soft === 'force' ? clear(b) : soft === 'tight' ? clear(b) && free([b[0] + 2, b[1] + 4, b[2] - 2, b[3] - 4], true) : free(b, soft)));
      if (done) { done.lines = lines; break; }
    }
    if (!done) continue;
    const b = done.box;
    taken.push([b[0] - 3, b[1] - 1, b[2] + 3, b[3] + 1]);
    names.push(b);
    placed.push({ ...done, label: l });
  }
  return placed;
}

/** Whether the line from a label's box to its anchor would run under one of the boxes over the map. */
function crosses(l, box, walls) {
  const cx = Math.min(Math.max(l.x, box[0]), box[2]), cy = Math.min(Math.max(l.y, box[1]), box[3]);
  return Array.from({ length: 10 }, (_, i) => [cx + ((l.x - cx) * i) / 9, cy + ((l.y - cy) * i) / 9])
    .some(([x, y]) => walls.some((q) => x > q[0] && x < q[2] && y > q[1] && y < q[3]));
}

function nearby(l, w, h, inside, free) {
  for (const d of l.dirs || AROUND) {
    const { box, anchor } = boxAt(d, l, w, h);
    if (inside(box) && free(box)) return { box, anchor };
  }
  return null;
}

/** Look for empty ground around an anchor, nearest first; ground that `l.cost` dislikes counts as farther. */
function searchGround(l, w, h, inside, free, walls = []) {
  let best = null;
  for (let r = l.r + 4; r < (l.most || 330); r += 14) {
    if (best && r > best.cost) break;
    for (let i = 0; i < 32; i += 1) {
      const a = (i * Math.PI) / 16, c = Math.cos(a), s = Math.sin(a);
      const x = l.x + c * (r + w / 2) - w / 2, y = l.y + s * (r + h / 2) - h / 2, box = [x, y, x + w, y + h];
      if (!inside(box) || !free(box) || crosses(l, box, walls)) continue;
      const cost = r + (l.cost ? l.cost(box) : 0);
      if (!best || cost < best.cost) best = { box, anchor: c < -0.4 ? 'end' : 'start', cost, leader: r > l.r + 46 || Boolean(l.line && l.line(box)) };
    }
  }
  return best;
}
