/* A story: chapters that drive the map while they are read, keys, progress, and the way from signs to their evidence. */

/** Where the story stands: the chapter shown, whether the story or the whole map is open, and the chapter that a key asked for. */
const story = { at: 0, on: false, /** @type {number|null} */ aim: null, /** @type {any} */ timer: 0 };
const storyOn = () => story.on;
/** @returns {HTMLElement[]} */
const chapterParts = () => $$('#story .ch');

/** Move the map to the part that a chapter shows. @param {boolean} animate */
function storyView(animate) {
  const [w, s, e, n] = STORY[story.at].box;
  const pad = phone() ? 10 : 28;
  place(() => map.fitBounds([[s, w], [n, e]], { paddingTopLeft: [pad, phone() ? 40 : 54], paddingBottomRight: [pad, pad], animate: animate && !calm() }));
}

/** Show what a chapter asks for: its day, its signs, its part of the map. @param {number} i @param {boolean} [animate] */
function showChapter(i, animate = true) {
  story.at = i;
  const view = STORY[i], wanted = view.cards && new Set(view.cards);
  S.hidden = new Set(wanted ? D.cards.filter((c) => !wanted.has(c.id)).map((c) => c.id) : []);
  S.sel = null;
  for (const b of $$('.badge')) b.classList.toggle('filtered', S.hidden.has(b.dataset.c));
  if (view.day) setDay(DAYS.indexOf(view.day));
  $('#stday').textContent = view.day ? fullDay(view.day) : D.meta.as_of_text;
  storyView(animate);
  redraw();
  chapterParts().forEach((part, n) => part.classList.toggle('reading', n === i));
  $$('#stnav .steps button').forEach((b, n) => { b.classList.toggle('done', n <= i); if (n === i) b.setAttribute('aria-current', 'step'); else b.removeAttribute('aria-current'); });
  $('#stnav .at').textContent = tr('story_at', { n: i + 1, total: STORY.length });
  $('#stprev').disabled = i === 0;
  $('#stnext').disabled = i === STORY.length - 1;
  writeState();
}

/** The chapter that is being read: the last that has come up to the middle of the window. */
function chapterInView() {
  const box = $('#story').getBoundingClientRect(), line = box.top + box.height * 0.5;
  return Math.max(0, chapterParts().filter((part) => part.getBoundingClientRect().top <= line).length - 1);
}

function onScroll() {
  const i = chapterInView();
  if (story.aim !== null) { if (i !== story.aim) return; story.aim = null; }
  if (i !== story.at) showChapter(i);
}

/** Go to a chapter, as a key or a button asks. @param {number} i @param {boolean} [animate] */
function goChapter(i, animate = true) {
  const to = Math.max(0, Math.min(STORY.length - 1, i));
  clearTimeout(story.timer);
  story.aim = to;
  story.timer = setTimeout(() => { story.aim = null; }, 1500); // a last short chapter cannot come up to the middle
  if (to !== story.at) showChapter(to, animate);
  chapterParts()[to].scrollIntoView({ block: 'start', behavior: animate && !calm() ? 'smooth' : 'auto' });
}
const stepChapter = (by) => goChapter((story.aim ?? story.at) + by);

/** Open the evidence of a sign under the chapter that is read, or close it. @param {string} id */
function storyEvidence(id) {
  const part = chapterParts()[story.at], link = part.querySelector(`a[data-c="${CSS.escape(id)}"]`), open = part.querySelector('.opened');
  const again = open && open.getAttribute('data-of') === id;
  $$('#story .opened').forEach((e) => e.remove());
  $$('#story a[data-c]').forEach((a) => a.setAttribute('aria-expanded', 'false'));
  S.sel = again ? null : id;
  redraw();
  if (again) return;
  const known = $(`#e-${CSS.escape(id)}`), card = CARDS.get(id), from = known || (card && cardOf(card));
  if (!from) return;
  const copy = /** @type {HTMLElement} */ (from.cloneNode(true));
  copy.removeAttribute('id');
  const box = el('div', { class: 'opened', 'data-of': id }, copy), shut = el('button', { type: 'button', class: 'btn' }, tr('story_close'));
  shut.addEventListener('click', () => { storyEvidence(id); if (link) /** @type {HTMLElement} */ (link).focus({ preventScroll: true }); });
  box.append(shut);
  if (link) { link.setAttribute('aria-expanded', 'true'); link.closest('li')?.append(box); } else part.append(box);
  copy.tabIndex = -1;
  copy.focus({ preventScroll: true });
  box.scrollIntoView({ block: 'nearest', behavior: calm() ? 'auto' : 'smooth' });
}

/** Leave the story for the whole map on the day shown, or come back. @param {boolean} on */
function toggleStory(on) {
  story.on = on;
  document.body.classList.toggle('story', on);
  $('#story').hidden = !on;
  $('#stnav').hidden = !on;
  $('#stday').hidden = !on;
  $('#stback').hidden = on;
  landmarks(on);
  if (on) map.scrollWheelZoom.disable(); else { map.scrollWheelZoom.enable(); S.hidden = new Set(); filter(); }
  relayout();
  if (on) { showChapter(story.at, false); chapterParts()[story.at].scrollIntoView({ block: 'start' }); $('#story').focus({ preventScroll: true }); } else $('#stback').focus();
}

/** A page has one main part: the story, or else the map. @param {boolean} on */
function landmarks(on) {
  const box = $('#mapbox');
  if (on) { box.setAttribute('role', 'region'); box.setAttribute('aria-label', tr('whole')); } else { box.removeAttribute('role'); box.removeAttribute('aria-label'); }
}

/** @param {KeyboardEvent} e */
function storyKeys(e) {
  const target = /** @type {HTMLElement} */ (e.target);
  if (!story.on || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey || target.closest('input,select,textarea,.mg-map')) return;
  const by = { ArrowRight: RTL ? -1 : 1, ArrowLeft: RTL ? 1 : -1 }[e.key];
  if (by) { e.preventDefault(); stepChapter(by); }
  if (e.key === 'Escape') { const open = $('#story .opened'); if (open) storyEvidence(open.dataset.of); }
}

function buildStoryNav() {
  const button = (id, label, text, act) => {
    const b = el('button', { type: 'button', id, 'aria-label': label }, text);
    b.addEventListener('click', act);
    return b;
  };
  const steps = el('div', { class: 'steps' });
  chapterParts().forEach((part, n) => {
    const title = part.querySelector('h1,h2')?.textContent || '';
    const b = button(null, tr('story_go', { n: n + 1, title }), '', () => goChapter(n));
    b.title = title;
    steps.append(b);
  });
  const explore = button('stexplore', null, tr('story_explore'), () => toggleStory(false)), back = button('stback', null, tr('story_back'), () => toggleStory(true));
  back.hidden = true;
  back.className = 'box';
  $('#app').append(
    el('nav', { id: 'stnav', 'aria-label': tr('story') }, button('stprev', tr('story_prev'), RTL ? '›' : '‹', () => stepChapter(-1)), steps, el('span', { class: 'at', role: 'status' }), button('stnext', tr('story_next'), RTL ? '‹' : '›', () => stepChapter(1)), explore),
    back,
  );
  $('#mapbox').append(el('p', { id: 'stday', class: 'box', 'aria-live': 'polite' }));
}

/** The chapter of the address, from 0. */
function chapterAsked() {
  const n = Number(new URLSearchParams(location.hash.slice(1)).get('chapter'));
  return Number.isInteger(n) && n >= 1 && n <= STORY.length ? n - 1 : 0;
}

/** Put the story beside the map; before the map is drawn first, so that it is drawn once. */
function beginStory() {
  story.on = true;
  landmarks(true);
  buildStoryNav();
  for (const a of $$('#story a[data-c]')) { a.setAttribute('role', 'button'); a.setAttribute('aria-expanded', 'false'); }
  $('#story').addEventListener('click', (e) => {
    const a = e.target.closest('a[data-c]');
    if (!a) return;
    e.preventDefault();
    const n = chapterParts().indexOf(a.closest('.ch'));
    if (n !== story.at) showChapter(n);
    storyEvidence(a.dataset.c);
  });
  $('#story').addEventListener('keydown', (e) => { if (e.key === ' ' && e.target.closest('a[data-c]')) { e.preventDefault(); e.target.click(); } });
}

/** What needs the map: the first chapter, and what moves on from there. */
function runStory() {
  map.scrollWheelZoom.disable();
  const first = chapterAsked();
  showChapter(first, false);
  if (first) goChapter(first, false);
  let waiting = 0;
  $('#story').addEventListener('scroll', () => { if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; if (story.on) onScroll(); }); });
  // the wheel over the map reads on: only the buttons zoom
  $('#mapbox').addEventListener('wheel', (e) => { if (story.on && !e.ctrlKey) { e.preventDefault(); $('#story').scrollBy({ top: e.deltaMode ? e.deltaY * 24 : e.deltaY }); } }, { passive: false });
  addEventListener('keydown', storyKeys);
  $('#story').focus({ preventScroll: true });
}
