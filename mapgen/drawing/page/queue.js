/* The review queue: one card after another, the most doubtful first, decided by a key and taken back by another. */

/** How much standing says where no certainty was measured: the least sure first. */
const LEAST_SURE = ['contested', 'unknown', 'claimed', 'outdated', 'denied', 'stated', 'assessed'];

/** The cards in order of doubt. @returns {any[]} */
function inDoubt() {
  const rank = (c) => LEAST_SURE.indexOf(c.standing);
  return [...D.cards].sort((a, b) => (a.certainty ?? 0) - (b.certainty ?? 0) || rank(a) - rank(b) || D.cards.indexOf(a) - D.cards.indexOf(b));
}

/** @type {{open: boolean, cards: any[], at: number, made: {card: string, rows: any[]}[]}} */
const QUEUE = { open: false, cards: [], at: 0, made: [] };
const decidedHere = (c) => DECISIONS.some((d) => (c.events || []).includes(d.target_id) || c.quotes.some((q) => (q.claims || []).includes(d.target_id)));
/** Whether somebody has decided on a card, on this page or in the corrections that the map was built with. @param {any} c */
const isReviewed = (c) => Boolean((c.decisions || []).length) || decidedHere(c);

const STEPS = [['accept', 'a'], ['reject', 'r'], ['move', 'm'], ['next', 'n'], ['back', 'b'], ['undo', 'u'], ['close', 'Escape']];

/** Open the queue at its first card that nobody has decided on. */
function openQueue() {
  QUEUE.open = true;
  QUEUE.cards = inDoubt();
  const field = (name, value) => el('input', { name, type: 'text', value, autocomplete: 'off', dir: 'auto' });
  const buttons = STEPS.map(([step, key]) => {
    const b = el('button', { type: 'button', class: 'btn', 'data-step': step, 'aria-keyshortcuts': key }, `${tr(`queue_${step}`)} `, el('kbd', {}, key === 'Escape' ? 'Esc' : key.toUpperCase()));
    b.addEventListener('click', () => queueStep(step));
    return b;
  });
  $('#queue')?.remove();
  $('.tools').append(el('section', { id: 'queue', 'aria-label': tr('queue') }, el('p', { class: 'at', role: 'status' }),
    el('label', {}, tr('review_by'), field('queue_by', reviewer)), el('label', {}, tr('queue_why'), field('queue_why', '')), el('div', { class: 'row' }, ...buttons), el('p', { class: 'said', role: 'status' })));
  cards.shown = QUEUE.cards;
  showCards(AT_ONCE);
  toUndecided(0);
  if (!reviewer) $('[name=queue_by]').focus();
}

function closeQueue() {
  QUEUE.open = false;
  $('#queue')?.remove();
  filter();
  $('#rvq').focus();
}

/** Say where the queue stands, and show its card. */
function showQueued() {
  const c = QUEUE.cards[QUEUE.at], n = QUEUE.cards.filter(isReviewed).length;
  const sure = typeof c.certainty === 'number' ? tr('certainty_of', { n: c.certainty.toFixed(2) }) : tr('queue_unmeasured');
  $('#queue .at').replaceChildren(el('b', {}, tr('queue_at', { n, total: QUEUE.cards.length })), ` ${c.title} · ${sure}`);
  if (c.at) showOnMap(c.at);
  select(c.id, 'map');
}

/** Go to the first card from a position on that nobody has decided on. @param {number} from */
function toUndecided(from) {
  const order = QUEUE.cards.map((_, i) => (from + i) % QUEUE.cards.length), next = order.find((i) => !isReviewed(QUEUE.cards[i]));
  QUEUE.at = next ?? Math.min(from, QUEUE.cards.length - 1);
  showQueued();
  if (next === undefined) $('#queue .said').textContent = tr('queue_done');
}

/** Note decisions on the card shown. @param {string} action @param {string} field @param {string} value @param {string} usual the reason, unless one is written */
function decide(action, field, value, usual) {
  const by = $('[name=queue_by]').value.trim(), c = QUEUE.cards[QUEUE.at];
  if (!by) { $('#queue .said').textContent = tr('queue_name'); $('[name=queue_by]').focus(); return; }
  reviewer = by;
  const why = $('[name=queue_why]').value.trim() || tr(usual), name = tr(`review_${field || action}`);
  const line = /** @type {HTMLElement} */ (el('p', { class: 'note dec', dir: 'auto' }, `${name}${value ? `: ${value}` : ''} · ${by}: ${why}`));
  const rows = c.events.map((id) => ({ target_type: 'event', target_id: id, action, field, value, by, why, on: clockDay(), line }));
  DECISIONS.push(...rows);
  QUEUE.made.push({ card: c.id, rows });
  cardOf(c).append(line);
  $('[name=queue_why]').value = '';
  listDecisions();
  $('#queue .said').textContent = `${name}: ${c.title}`;
  toUndecided(QUEUE.at + 1);
}

/** Take the last decision back and return to its card. */
function undo() {
  const last = QUEUE.made.pop();
  if (!last) { $('#queue .said').textContent = tr('queue_nothing'); return; }
  for (const row of last.rows) {
    const i = DECISIONS.indexOf(row);
    if (i >= 0) DECISIONS.splice(i, 1);
    row.line.remove();
  }
  listDecisions();
  QUEUE.at = QUEUE.cards.findIndex((c) => c.id === last.card);
  showQueued();
  $('#queue .said').textContent = tr('queue_undone');
}

/** Move the place of a card: at once if there is only one, or else in the form, which asks for it. */
function moveIt() {
  const c = QUEUE.cards[QUEUE.at];
  if (!c.at || c.places.length !== 1 || c.events.length !== 1) {
    const card = cardOf(c);
    if (!$('form.review', card)) $('.rv', card)?.click();
    const choice = $('[name=action]', card);
    if (!choice) return;
    choice.value = 'place';
    choice.dispatchEvent(new Event('change'));
    choice.focus();
    return;
  }
  $('#queue .said').textContent = tr('review_picking');
  pickOnMap((lat, lon) => decide('set', 'place', `${lat.toFixed(4)}, ${lon.toFixed(4)}`, 'queue_move_why'));
}

/** @param {string} step */
function queueStep(step) {
  const n = QUEUE.cards.length;
  if (step === 'accept') decide('accept', '', '', 'queue_accept_why');
  else if (step === 'reject') decide('reject', '', '', 'queue_reject_why');
  else if (step === 'move') moveIt();
  else if (step === 'next') toUndecided(QUEUE.at + 1);
  else if (step === 'back') { QUEUE.at = (QUEUE.at + n - 1) % n; showQueued(); } else if (step === 'undo') undo();
  else closeQueue();
}

/** The keys work only while the queue is open, and never where somebody types. */
function buildQueue() {
  if (!D.cards.length) { $('#rvq').remove(); return; }
  $('#rvq').addEventListener('click', () => (QUEUE.open ? closeQueue() : openQueue()));
  document.addEventListener('keydown', (e) => {
    if (!QUEUE.open || e.ctrlKey || e.metaKey || e.altKey || /** @type {Element} */ (e.target).closest('input,select,textarea')) return;
    const step = STEPS.find(([, key]) => key === (e.key.length === 1 ? e.key.toLowerCase() : e.key));
    if (!step) return;
    e.preventDefault();
    queueStep(step[0]);
  });
}
