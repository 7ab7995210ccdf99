/* Since you last looked: what this browser showed at this address the last time, and what is new since. */

const SEEN_KEY = `mapgen-seen:${location.pathname}`;
/** The cards with an event that the last version did not have. @type {Set<string>} */
const newCards = new Set();

/** What the last visit kept: its day and the ids of its events; null on the first visit, and where nothing may be kept. */
function lastVisit() {
  try {
    const kept = JSON.parse(localStorage.getItem(SEEN_KEY) || 'null');
    return kept && typeof kept.day === 'string' && Array.isArray(kept.events) ? kept : null;
  } catch {
    return null; // a sandbox or the settings of the browser forbid it: then nothing is new
  }
}

/** Find what is new, say how much it is, and keep what is shown now. A story and a frame in another page keep nothing. */
function markNew() {
  if (embed || STORY) return;
  const last = lastVisit(), events = D.cards.flatMap((c) => c.events || []);
  if (last) {
    const known = new Set(last.events);
    for (const c of D.cards) if ((c.events || []).some((e) => !known.has(e))) newCards.add(c.id);
    if (newCards.size) $('#head .asof').append(el('span', { class: 'review-state', id: 'new' }, tr('new_since', { n: newCards.size, day: last.day })));
  }
  try {
    localStorage.setItem(SEEN_KEY, JSON.stringify({ day: D.meta.as_of_text, events }));
  } catch {
    // nothing can be kept here, and the page is whole without it
  }
}
