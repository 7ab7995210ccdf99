/* What readers take with them: the address of what they see, the data, the citation, and a picture of the map. */

/* The view that a reader chose, as "lat,lon,zoom"; null while the whole situation is in view. */
let placing = false;
/** @type {string|null} */
let wholeView = null;
const viewText = () => { const c = map.getCenter(); return `${c.lat.toFixed(3)},${c.lng.toFixed(3)},${map.getZoom().toFixed(2)}`; };

/** Move the map in the way given, without taking that for a choice of the reader. @param {() => void} move */
function place(move) {
  placing = true;
  move();
  placing = false;
}

function noteView() {
  if (placing || (STORY && storyOn())) return;
  const now = viewText();
  S.view = now === wholeView ? null : now;
  writeState();
}

/** Go to the view of an address, if it is one. @param {string|null} text */
function goTo(text) {
  const [lat, lon, zoom] = (text || '').split(',').map(Number);
  if (!(Math.abs(lat) <= 85 && Math.abs(lon) <= 540 && zoom >= 0 && zoom <= 24)) return false;
  place(() => map.setView([lat, lon], zoom, { animate: false }));
  return true;
}

/** Tell that the day of the address is not one of the map's. @param {string|null} day */
function checkDay(day) {
  if (!day || DAYS.includes(day) || !/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(day)) return;
  const box = $('#notice');
  box.textContent = DAYS.length ? tr('day_outside', { day: fullDay(day), first: fullDay(DAYS[0]), last: fullDay(DAYS[DAYS.length - 1]) }) : tr('day_undated', { day: fullDay(day) });
  box.hidden = false;
}

/** Put a text where readers paste from, or show it to be copied by hand. @param {string} text @param {string} done @param {string} byHand */
async function copyText(text, done, byHand) {
  try {
    await navigator.clipboard.writeText(text);
    $('#said').textContent = tr(done);
  } catch {
    $('#said').textContent = byHand; // a file or a frame may not use the clipboard
  }
}

function copyLink() {
  writeState();
  const address = location.href.replace(/#.*/, '') + stateText();
  return copyText(address, 'copied', tr('copy_this', { address }));
}

/** The articles in short, each once. @param {number} most */
function sourceNames(most) {
  const names = [...new Set(Object.values(D.meta.articles).map((a) => [a.source || a.title || a.label, a.published_on ? fullDay(a.published_on) : ''].filter(Boolean).join(', ')))];
  return names.slice(0, most).join('; ') + (names.length > most ? `; + ${names.length - most}` : '');
}

/** Up to which day the articles count, if not all do. */
const knownWords = () => (KNOWN === ALL ? '' : tr('reported_by', { day: fullDay(KNOWN.day) }));

/** How to cite what is seen: headline, day, sources, software, address. */
function citation() {
  const day = [today() ? fullDay(today()) : D.meta.as_of_text, knownWords()].filter(Boolean).join(', '), address = /^https?:/.test(location.href) ? ` ${location.href.replace(/#.*/, '')}${stateText()}` : '';
  return `“${D.meta.title}”, ${tr('cite_map')}, ${day}. ${tr('articles')}: ${sourceNames(8)}. mapgen ${D.meta.generator.version}.${address}`;
}
const copyCitation = () => copyText(citation(), 'copied_citation', citation());

/** The cards as a table: a row for each, with the place of its sign and the words it rests on. No cell begins like a formula. */
function situationCsv() {
  const rows = [['title', 'kind', 'side', 'standing', 'certainty', 'by', 'when', 'from_day', 'day', 'places', 'lat', 'lon', 'quote', 'who', 'source', 'article', 'published_on', 'url']];
  for (const c of D.cards) {
    const signs = D.signs.filter((s) => s.card === c.id), spot = signs.find((s) => typeof s.lat === 'number') || {}, first = signs[0] || {}, q = c.quotes[0] || {}, a = D.meta.articles[q.article] || {};
    rows.push([c.title, c.kind, c.side && SIDES[c.side] ? SIDES[c.side].name : '', c.standing, c.certainty, c.by, c.when, first.from_day, first.day, [...new Set(signs.map((s) => s.name).filter(Boolean))].join('; '), spot.lat, spot.lon, q.text, q.who, a.source, a.title, a.published_on, a.url]);
  }
  return `\ufeff${rows.map((r) => r.map(cell).join(',')).join('\r\n')}\r\n`;
}

const LOOKS = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'vector-effect', 'paint-order', 'text-anchor', 'font-family', 'font-size', 'font-weight', 'font-style', 'letter-spacing', 'visibility'];
const PLAIN = /** @type {Record<string, string>} */ ({ 'fill-opacity': '1', 'stroke-opacity': '1', 'stroke-dasharray': 'none', 'stroke-linecap': 'butt', 'stroke-linejoin': 'miter', opacity: '1', 'vector-effect': 'none', 'paint-order': 'normal', 'letter-spacing': 'normal', 'font-style': 'normal', visibility: 'visible' });

/** A copy of a drawing in which the looks that a style sheet gives are attributes. @param {Element} from @returns {Element} */
function inlined(from) {
  const to = /** @type {Element} */ (from.cloneNode(false)), style = getComputedStyle(from);
  for (const name of ['class', 'style', 'tabindex', 'role', 'aria-label', 'data-c', 'data-box']) to.removeAttribute(name);
  const words = from.tagName === 'text';
  for (const name of LOOKS) {
    const value = style.getPropertyValue(name);
    if (from.tagName === 'g' ? from.hasAttribute(name) || (name === 'opacity' && value !== '1') : value && value !== PLAIN[name] && (words || !/^(font|text|letter)/.test(name))) to.setAttribute(name, value);
  }
  for (const kid of from.childNodes) to.append(kid.nodeType === 1 ? inlined(/** @type {Element} */ (kid)) : kid.cloneNode());
  return to;
}

/** What a closed legend does not show. */
const FOLDED = 'details:not([open])>:not(summary)';

/** The words of an element as they stand on the screen, a text element for each line. @param {Element} box @param {DOMRect} home */
function linesOf(box, home) {
  const out = [], walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let n = walk.nextNode(); n; n = walk.nextNode()) {
    const parent = /** @type {Element} */ (n.parentElement), style = getComputedStyle(parent);
    if (parent.closest('svg,select,button:not(.badge),.vh') || parent.closest(FOLDED) || style.visibility === 'hidden') continue;
    /** @type {{y: number, x: number, h: number, text: string}[]} */
    const lines = [];
    for (const word of n.textContent.matchAll(/\S+\s*/g)) {
      range.setStart(n, word.index);
      range.setEnd(n, word.index + word[0].trimEnd().length);
      const r = range.getBoundingClientRect(), last = lines[lines.length - 1];
      if (!r.width) continue;
      if (last && Math.abs(last.y - r.top) < r.height / 2) last.text += word[0]; else lines.push({ y: r.top, x: RTL ? r.right : r.left, h: r.height, text: word[0] });
    }
    for (const l of lines) out.push(sv('text', { x: l.x - home.left, y: l.y - home.top + l.h * 0.78, fill: style.color, direction: RTL ? 'rtl' : null, 'font-family': style.fontFamily, 'font-size': style.fontSize, 'font-weight': style.fontWeight }, l.text.trimEnd()));
  }
  return out;
}

/** A box over the map with what stands in it. @param {Element} e @param {DOMRect} home */
function boxCopy(e, home) {
  const r = e.getBoundingClientRect(), style = getComputedStyle(e), g = sv('g');
  g.append(sv('rect', { x: r.left - home.left, y: r.top - home.top, width: r.width, height: r.height, rx: 4, fill: style.backgroundColor }));
  for (const s of e.querySelectorAll('svg')) if (!s.closest('button,.leaflet-pane') && !s.closest(FOLDED)) g.append(drawingCopy(s, home));
  g.append(...linesOf(e, home));
  return g;
}

/** @param {SVGSVGElement} svg @param {DOMRect} home */
function drawingCopy(svg, home) {
  const r = svg.getBoundingClientRect(), copy = inlined(svg);
  for (const [name, value] of Object.entries({ x: r.left - home.left, y: r.top - home.top, width: r.width, height: r.height })) copy.setAttribute(name, String(value));
  return copy;
}

/** One map with its ground, its signs and, of a long history, its canvas. @param {any} m @param {any} layer @param {DOMRect} home @param {string} id */
function mapCopy(m, layer, home, id) {
  const box = m.getContainer().getBoundingClientRect(), at = { x: box.left - home.left, y: box.top - home.top, width: box.width, height: box.height };
  const g = sv('g', { 'clip-path': `url(#${id})` }), corner = m.latLngToContainerPoint(baseCorner());
  g.append(sv('clipPath', { id }, sv('rect', at)), sv('rect', { ...at, fill: getComputedStyle($('#mapbox')).backgroundColor }));
  const ground = sv('g', { transform: `translate(${at.x + corner.x} ${at.y + corner.y}) scale(${2 ** (m.getZoom() - BASE_ZOOM)})` });
  const base = m.getContainer().querySelector('svg.base');
  if (base) ground.append(...[...base.querySelectorAll('path')].map(inlined));
  g.append(ground);
  if (m === map) {
    for (const c of $$('.mg-map canvas.dense')) { const r = c.getBoundingClientRect(); g.append(sv('image', { x: r.left - home.left, y: r.top - home.top, width: r.width, height: r.height, href: c.toDataURL() })); }
  }
  for (const l of [].concat(layer)) if (l && l.svg) g.append(drawingCopy(l.svg, home));
  return g;
}

/** Lines of at most a width. @param {string} text @param {number} width @param {string} font */
function wrapped(text, width, font) {
  const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement('canvas').getContext('2d')), lines = [''];
  ruler.font = font;
  for (const word of text.split(/\s+/)) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (ruler.measureText(longer).width > width && lines[lines.length - 1]) lines.push(word); else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** The rows of a legend that is closed, set side by side: a map without its key cannot be read. @param {Element} g @param {number} y @param {number} W */
function foldedKey(g, y, W) {
  const key = $('#legend details');
  if (!key || key.open) return y;
  key.open = true;
  let x = 16;
  for (const row of key.querySelectorAll('.li')) {
    const svg = row.querySelector('svg'), r = svg.getBoundingClientRect(), style = getComputedStyle(row);
    const text = row.querySelector(':scope>span').textContent.trim(), wide = r.width + 14 + textWidth(text, 't-city') * 1.06;
    if (x + wide > W - 16 && x > 16) { x = 16; y += 24; }
    const copy = inlined(svg);
    for (const [name, value] of Object.entries({ x, y, width: r.width, height: r.height })) copy.setAttribute(name, String(value));
    g.append(copy);
    g.append(sv('text', { x: x + r.width + 5, y: y + r.height * 0.5 + 4, fill: style.color, 'font-family': style.fontFamily, 'font-size': 12 }, text));
    x += wide;
  }
  key.open = false;
  return y + 28;
}

/** What is seen of the map, with headline and day above it and sources below it, as one drawing. */
function seenSvg() {
  const home = $('#mapbox').getBoundingClientRect(), W = Math.round(home.width), style = getComputedStyle(document.body), ink = style.getPropertyValue('--ink'), ink2 = style.getPropertyValue('--ink2');
  const families = { ui: style.fontFamily, serif: getComputedStyle($('h1')).fontFamily || 'serif' };
  const root = sv('svg', { xmlns: NS, width: W }), head = sv('g'), foot = sv('g');
  let y = 12;
  const write = (g, text, size, { family = families.ui, weight = 400, fill = ink } = {}) => {
    for (const line of wrapped(text, W - 32, `${weight} ${size}px ${family}`)) {
      y += size * 1.25;
      g.append(sv('text', { x: RTL ? W - 16 : 16, y: y - size * 0.25, 'font-family': family, 'font-size': size, 'font-weight': weight, fill, direction: RTL ? 'rtl' : null }, line));
    }
  };
  write(head, $('h1').textContent, W < 500 ? 19 : 24, { family: families.serif, weight: 700 });
  write(head, [today() ? fullDay(today()) : D.meta.as_of_text, dayWords(), knownWords()].filter(Boolean).join(': '), 13, { fill: ink2 });
  const top = Math.round(y + 10);
  y = top + Math.round(home.height) + 8;
  y = foldedKey(foot, y, W);
  write(foot, `${tr('articles')}: ${sourceNames(4)}. ${D.meta.credits.join(' · ')}. mapgen ${D.meta.generator.version}.`, 11, { fill: ink2 });
  const H = Math.round(y + 10), inside = sv('g', { transform: `translate(0 ${top})` });
  inside.append(mapCopy(map, [beforeOverlay, overlay], home, 'seen-map'));
  if (insetMap && $('#inset').getClientRects().length && !$('#inset').classList.contains('away')) {
    const r = $('#inset').getBoundingClientRect();
    inside.append(mapCopy(insetMap, insetOverlay, home, 'seen-inset'), boxCopy($('#inset .cap'), home), sv('rect', { x: r.left - home.left, y: r.top - home.top, width: r.width, height: r.height, fill: 'none', stroke: ink2 }));
  }
  for (const e of $$('#legend,.badge,#cmp .chip')) if (e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden' && !e.querySelector('details:not([open])')) inside.append(boxCopy(e, home));
  root.setAttribute('height', String(H));
  root.setAttribute('viewBox', `0 0 ${W} ${H}`);
  root.append(sv('rect', { width: W, height: H, fill: style.backgroundColor }), head, inside, foot);
  return root;
}

/** Hand something to the reader as a file. @param {string} name @param {Blob} blob */
function saveBlob(name, blob) {
  const a = el('a', { href: URL.createObjectURL(blob), download: name });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(a.getAttribute('href') || ''), 10000);
}
const svgText = () => new XMLSerializer().serializeToString(seenSvg());
const saveSvg = () => saveFile(`${fileName()}.svg`, svgText(), 'image/svg+xml');
const saveCsv = () => saveFile('situation.csv', situationCsv(), 'text/csv');
const fileName = () => `map${today() ? `-${today()}` : ''}`;

async function savePng() {
  const svg = seenSvg(), image = new Image(), scale = 2;
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  const canvas = /** @type {HTMLCanvasElement} */ (el('canvas', { width: Number(svg.getAttribute('width')) * scale, height: Number(svg.getAttribute('height')) * scale }));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => { if (blob) saveBlob(`${fileName()}.png`, blob); }, 'image/png');
}

/** Tell the page around a frame how high the map wants to be at its width. */
let toldWidth = 0;
function tellHeight() {
  if (window.self === window.top || !embed || innerWidth === toldWidth) return;
  toldWidth = innerWidth;
  const [w, s, e, n] = D.base.bbox, shape = (worldY(s) - worldY(n)) / Math.max(1e-6, worldX(e) - worldX(w));
  const high = Math.max(280, Math.min(620, innerWidth * Math.max(0.5, Math.min(1.1, shape))));
  parent.postMessage({ mapgen: { height: Math.round($('#etitle').offsetHeight + $('#ekey').offsetHeight + high) } }, '*');
}
