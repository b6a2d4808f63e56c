// The page's language: `?locale=`, else English. Every word of the page's own stands in strings/*.json.
import en from "./strings/en.json";
import es from "./strings/es.json";

const tables = new Map([["en", en], ["es", es]]);

// "es-MX" is Spanish; anything that is no language of ours (or no language at all) is English.
export function localeOf(wanted) {
  const language = String(wanted ?? "").toLowerCase().split(/[-_]/)[0];
  return tables.has(language) ? language : "en";
}

export const locale = localeOf(new URLSearchParams(location.search).get("locale"));
export const strings = tables.get(locale);
