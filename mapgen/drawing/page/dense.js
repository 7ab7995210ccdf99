/* Thousands of places over hundreds of days: one canvas under the signs, redrawn in a few milliseconds. */

const DIGIT = new Uint8Array(128);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].forEach((c, i) => { DIGIT[c.charCodeAt(0)] = i; });

/** The number that w letters of a text stand for. @param {string} text @param {number} at @param {number} w */
function digits(text, at, w) {
  let v = 0;
  for (let i = at; i < at + w; i += 1) v = v * 64 + DIGIT[text.charCodeAt(i)];
  return v;
}

/** Mercator's plane as 0..1, so that a view is one multiplication away. */
const worldX = (lon) => (lon + 180) / 360;
const worldY = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);

/**
 * What the page data packed (holder_tracks). @param {any} T
 * @returns {{n: number, ids: string[], names: string[], sides: (string|null)[], rank: Uint8Array, lat: Float64Array, lon: Float64Array, x: Float64Array, y: Float64Array, base: Uint8Array, from: Uint32Array, day: Uint16Array, side: Uint8Array}|null}
 */
function unpackTracks(T) {
  if (!T) return null;
  const ids = T.ids.split('\n'), runs = T.changes.split('.'), n = ids.length, k = T.sides.length, total = (T.changes.length - (n - 1)) / T.width;
  const lat = Float64Array.from({ length: n }, (_, i) => digits(T.lat, i * 4, 4) / 1e4 - 90);
  const lon = Float64Array.from({ length: n }, (_, i) => digits(T.lon, i * 4, 4) / 1e4 - 180);
  const from = new Uint32Array(n + 1), day = new Uint16Array(total), side = new Uint8Array(total);
  let c = 0;
  runs.forEach((run, i) => {
    let d = 0;
    for (let at = 0; at < run.length; at += T.width, c += 1) {
      const v = digits(run, at, T.width);
      d += Math.floor(v / k);
      day[c] = d;
      side[c] = v % k;
    }
    from[i + 1] = c;
  });
  return {
    n, ids, names: T.names.split('\n'), sides: T.sides, rank: Uint8Array.from(T.rank, Number), lat, lon, x: lon.map(worldX), y: lat.map(worldY),
    base: Uint8Array.from({ length: n }, (_, i) => digits(T.base, i, 1)), from, day, side,
  };
}
const TRACKS = unpackTracks(D.tracks);

/** Who holds each place on a day (an index into the sides), and whether it changed on that day. */
class Holders {
  constructor() {
    this.at = Int32Array.from(TRACKS.from.subarray(0, TRACKS.n)); // the first change still to come
    this.now = Uint8Array.from(TRACKS.base);
    this.fresh = new Uint8Array(TRACKS.n);
  }

  /** @param {number} t position of the day */
  seek(t) {
    const { n, from, day, side, base } = TRACKS, { at, now, fresh } = this;
    for (let i = 0; i < n; i += 1) {
      let c = at[i];
      while (c < from[i + 1] && day[c] <= t) c += 1;
      while (c > from[i] && day[c - 1] > t) c -= 1;
      at[i] = c;
      now[i] = c > from[i] ? side[c - 1] : base[i];
      fresh[i] = c > from[i] && day[c - 1] === t ? 1 : 0;
    }
    return this;
  }
}

/** A side that is only claimed to hold a place has a question mark behind its key. @param {string|null} key */
const isClaimed = (key) => Boolean(key) && String(key).endsWith('?');
/** @param {string|null} key */
const sideOf = (key) => (isClaimed(key) ? String(key).slice(0, -1) : key);

/** Where sources name two sides, this stands in place of one (holder_tracks.py). */
const CONTESTED_KEY = '!';

/** The mark of a side as a small picture. @type {Map<string, HTMLCanvasElement>} */
const SPRITES = new Map();
function sprite(id, r, scale) {
  const key = `${id}/${r}/${scale}`;
  const known = SPRITES.get(key);
  if (known) return known;
  const c = document.createElement('canvas'), size = Math.ceil((r * 1.3 + 1.5) * 2 * scale), x = c.getContext('2d');
  const style = getComputedStyle(document.documentElement), colour = (v) => style.getPropertyValue(v.slice(4, -1)).trim() || '#777';
  c.width = size;
  c.height = size;
  x.translate(size / 2, size / 2);
  x.scale(scale, scale);
  const contested = id === CONTESTED_KEY, path = shapePath(contested ? null : sideOf(id), r);
  x.lineJoin = 'round';
  // one ground for all shapes: a new mark covers the old one of its place whole
  x.fillStyle = colour('var(--halo)');
  x.beginPath();
  x.arc(0, 0, r * 1.3 + 1, 0, 7);
  x.fill();
  const claimed = isClaimed(id);
  if (contested) {
    const turn = (MARKS.stripes.angle * Math.PI) / 180;
    x.strokeStyle = colour('var(--ink)');
    x.lineWidth = Math.max(1, r * 0.22);
    x.stroke(path);
    x.rotate(-turn);
    for (const offset of MARKS.stripes.offsets) {
      const half = r * Math.sqrt(1 - offset * offset);
      x.stroke(new Path2D(`M${-half} ${offset * r}H${half}`));
    }
  } else if (claimed || !id) {
    x.strokeStyle = id ? colour(sideVar(sideOf(id))) : colour('var(--ink2)');
    x.lineWidth = Math.max(1.2, r * 0.35);
    x.stroke(path);
  } else {
    x.fillStyle = colour(sideVar(id));
    x.fill(path);
  }
  SPRITES.set(key, c);
  return c;
}

/** The same shapes as marks.js has, as a path round the origin. */
function shapePath(id, r) {
  const p = new Path2D(), s = shape(id, 0, 0, r);
  if (s.tagName === 'circle') p.arc(0, 0, r, 0, 7);
  else if (s.tagName === 'rect') p.rect(-r * 0.9, -r * 0.9, r * 1.8, r * 1.8);
  else p.addPath(new Path2D(`M${String(s.getAttribute('points')).replace(/ /g, 'L')}Z`));
  return p;
}

/** The canvas layer of the tracks. @param {() => number} position of the day it shows */
function makeDense(position) {
  const Dense = L.Layer.extend({
    onAdd(m) {
      this.holders = new Holders();
      this.canvas = el('canvas', { class: 'dense leaflet-zoom-animated', 'aria-hidden': 'true' });
      const pane = m.getPane('dense') || m.createPane('dense');
      pane.style.zIndex = '410';
      pane.style.pointerEvents = 'none';
      this.rings = sv('path', { class: 'fresh' });
      this.over = sv('svg', { class: 'ov leaflet-zoom-animated' }, this.rings);
      pane.append(this.canvas, this.over);
      this.place();
    },
    onRemove() { this.canvas.remove(); this.over.remove(); },
    getEvents() { return { viewreset: this.place, moveend: this.place, zoomanim: this.zoom, resize: this.place }; },
    zoom(e) { for (const n of [this.canvas, this.over]) L.DomUtil.setTransform(n, this._map._latLngToNewLayerPoint(this.corner, e.zoom, e.center), this._map.getZoomScale(e.zoom, this.z)); },
    /** Lay the canvas over the view, and see which places are in it. */
    place() {
      const m = this._map, size = m.getSize(), pad = size.multiplyBy(0.15).round(), tl = m.containerPointToLayerPoint([0, 0]).subtract(pad);
      const w = size.x + 2 * pad.x, h = size.y + 2 * pad.y, dpr = Math.min(2, window.devicePixelRatio || 1);
      this.z = m.getZoom();
      this.tl = tl;
      this.corner = m.layerPointToLatLng(tl);
      if (this.canvas.width !== Math.round(w * dpr) || this.canvas.height !== Math.round(h * dpr)) {
        Object.assign(this.canvas, { width: Math.round(w * dpr), height: Math.round(h * dpr) });
        Object.assign(this.canvas.style, { width: `${w}px`, height: `${h}px` });
      }
      for (const n of [this.canvas, this.over]) L.DomUtil.setTransform(n, tl, 1);
      set(this.over, { width: w, height: h });
      const px = 256 * 2 ** this.z, o = m.getPixelOrigin().add(tl);
      this.dpr = dpr;
      this.inView = [];
      this.sx = new Float32Array(TRACKS.n);
      this.sy = new Float32Array(TRACKS.n);
      for (let i = 0; i < TRACKS.n; i += 1) {
        const x = TRACKS.x[i] * px - o.x, y = TRACKS.y[i] * px - o.y;
        this.sx[i] = x;
        this.sy[i] = y;
        if (x > -9 && y > -9 && x < w + 9 && y < h + 9) this.inView.push(i);
      }
      // the more places in view, the smaller the marks
      this.r = Math.max(2, Math.min(7, Math.round(0.2 * Math.sqrt((w * h) / (this.inView.length + 20)))));
      this.draw();
    },
    /** Everything anew. */
    draw() {
      const x = this.canvas.getContext('2d');
      x.setTransform(1, 0, 0, 1, 0, 0);
      x.clearRect(0, 0, this.canvas.width, this.canvas.height);
      this.pictures = TRACKS.sides.map((s) => (S.off.has('base') || S.off.has(`side:${sideOf(s)}`) ? null : sprite(s, this.r, this.dpr)));
      this.drawn = null;
      this.step();
    },
    /** A step in time: only the marks of places that changed hands are laid over the old ones. */
    step() {
      const x = this.canvas.getContext('2d'), { dpr, r, sx, sy, pictures, drawn } = this, { now, fresh } = this.holders.seek(position());
      if (pictures.includes(null) && drawn) { this.draw(); return; }
      const changed = [];
      for (const i of this.inView) {
        if (fresh[i]) changed.push(i);
        if (drawn && drawn[i] === now[i]) continue;
        const p = pictures[now[i]];
        if (p) x.drawImage(p, Math.round(sx[i] * dpr - p.width / 2), Math.round(sy[i] * dpr - p.height / 2));
      }
      this.drawn = now.slice();
      const many = changed.length > 0.6 * this.inView.length, k = r + 3;
      this.rings.setAttribute('d', many || S.off.has('base') ? '' : changed.map((i) => `M${(sx[i] + k).toFixed(0)} ${sy[i].toFixed(0)}a${k} ${k} 0 1 0 ${-2 * k} 0a${k} ${k} 0 1 0 ${2 * k} 0`).join(''));
    },
    /** The place nearest to a point of the map's box, at most 12 pixels off. */
    nearest(point) {
      const at = this._map.containerPointToLayerPoint(point).subtract(this.tl);
      let best = null, least = 144;
      for (const i of this.inView) {
        const d = (this.sx[i] - at.x) ** 2 + (this.sy[i] - at.y) ** 2;
        if (d < least) { least = d; best = i; }
      }
      return best;
    },
  });
  return new Dense();
}

/** What is known of one place of the tracks, as elements. @param {number} i @param {number} t */
function trackStory(i, t) {
  const { names, sides, base, from, day, side } = TRACKS, name = (k) => (sides[k] === CONTESTED_KEY ? STANDING.contested : SIDES[sideOf(sides[k])] ? SIDES[sideOf(sides[k])].name + (isClaimed(sides[k]) ? ` (${STANDING.claimed.toLowerCase()})` : '') : tr('unknown'));
  let at = from[i];
  while (at < from[i + 1] && day[at] <= t) at += 1;
  const held = at > from[i] ? side[at - 1] : base[i], list = el('ul');
  for (let c = at - 1; c >= Math.max(from[i], at - 4); c -= 1) list.append(el('li', {}, `${fullDay(DAYS[day[c]])}: ${name(side[c])}`));
  const told = D.cards.filter((c) => (c.places || []).includes(TRACKS.ids[i]) && (!c.day || !DAYS[t] || c.day <= DAYS[t])).slice(0, 4);
  const links = told.map((c) => {
    const b = el('button', { type: 'button', class: 'btn' }, `${c.title}${c.when ? ` · ${c.when}` : ''}`);
    b.addEventListener('click', () => select(c.id, 'map'));
    return b;
  });
  return el('div', { class: 'story' }, el('b', { dir: 'auto' }, names[i]), ` ${name(held)}`, list, ...links);
}

/** How many places each side holds, in words. @param {Holders} holders */
function heldWords(holders) {
  const count = TRACKS.sides.map(() => 0);
  for (let i = 0; i < TRACKS.n; i += 1) count[holders.now[i]] += 1;
  return TRACKS.sides.map((s, k) => [s, count[k]]).filter(([s, n]) => s && s !== CONTESTED_KEY && !isClaimed(String(s)) && n).sort((a, b) => Number(b[1]) - Number(a[1]))
    .slice(0, 3).map(([s, n]) => `${(SIDES[/** @type {string} */ (s)] || { short: s }).short} ${n}`).join(' · ');
}
