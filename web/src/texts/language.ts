/** The two languages, and texts with places to fill. */

export type Language = "en" | "zh";

/** The language to show for a BCP 47 tag; null where it is neither of the two. */
export function language(tag: string | null | undefined): Language | null {
  const first = (tag ?? "").toLowerCase().split(/[-_]/)[0];
  return first === "zh" || first === "en" ? first : null;
}

/** The first of the browser's languages that we speak. */
export function browserLanguage(): Language {
  for (const tag of navigator.languages ?? [navigator.language]) {
    const found = language(tag);
    if (found !== null) return found;
  }
  return "en";
}

/** A text with its {places} filled in. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A table's entry by a code that comes from the server, and may be one that this page does not know. */
export function known<Entry>(table: Record<string, Entry>, code: string | null | undefined): Entry | undefined {
  return code != null && Object.hasOwn(table, code) ? table[code] : undefined;
}
