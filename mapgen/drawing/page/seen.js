/* Since you last looked: what this browser showed at this address the last time, and what is new since. */

const SEEN_KEY = `mapgen-seen:${location.pathname}`;
/** The cards that the last version did not have, or had with another standing. @type {Set<string>} */
const newCards = new Set();

/** What tells a card from another, whatever the files of the articles are called. @param {any} c */
const cardKey = (c) => [c.kind, c.title, c.standing, c.day].join('|');

/** What the last visit kept: its day and its cards; null on the first visit, and where nothing may be kept. */
function lastVisit() {
  try {
    const kept = JSON.parse(localStorage.getItem(SEEN_KEY) || 'null');
    return kept && typeof kept.day === 'string' && Array.isArray(kept.cards) ? kept : null;
  } catch {
    return null; // a sandbox or the settings of the browser forbid it: then nothing is new
  }
}

/** Find what is new, say how much it is, and keep what is shown now. A story and a frame in another page keep nothing. */
function markNew() {
  if (embed || STORY) return;
  const last = lastVisit();
  if (last) {
    const known = new Set(last.cards);
    for (const c of D.cards) if (!known.has(cardKey(c))) newCards.add(c.id);
    if (newCards.size) $('#head .asof').append(el('span', { class: 'review-state', id: 'new' }, tr('new_since', { n: newCards.size, day: last.day })));
  }
  try {
    localStorage.setItem(SEEN_KEY, JSON.stringify({ day: D.meta.as_of_text, cards: D.cards.map(cardKey) }));
  } catch {
    // nothing can be kept here, and the page is whole without it
  }
}
