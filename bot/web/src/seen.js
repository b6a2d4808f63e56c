// Which messages were shown already, by their ids, and which of them came live since the history.
const MOST = 500;

export function createSeen() {
  let ids = new Set();
  let live = []; // [kind, message]; kind "own": written on this page, which shows it by itself

  return {
    // Whether this message is to be shown; one without an id always is.
    isNew(message, kind) {
      if (!message.id) return true;
      if (ids.has(message.id)) return false;
      ids.add(message.id);
      live = [...live, [kind, message]].slice(-MOST);
      return true;
    },
    // The history is all that is shown now; returned is what came live and is not in it yet.
    restart(known) {
      live = live.filter(([, message]) => !known.has(message.id));
      ids = new Set([...known, ...live.map(([, message]) => message.id)]);
      return live.filter(([kind]) => kind !== "own");
    },
  };
}
