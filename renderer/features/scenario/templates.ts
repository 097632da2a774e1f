/** What a shipped scenario says of itself: its title, and the first sentences of its comment. */

export interface Template {
  readonly name: string;
  readonly text: string;
  readonly title: string;
  readonly about: string;
}

export function templateOf(name: string, text: string): Template {
  const title = /^title:\s*(.+)$/m.exec(text)?.[1]?.trim() ?? name;
  return { name, text, title: /^(["'])(.*)\1$/.exec(title)?.[2] ?? title, about: aboutOf(text) };
}

/** The first paragraph of the comment on top; the line for editors is none. */
function aboutOf(text: string): string {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('#')) break;
    const said = line.replace(/^#\s?/, '').trim();
    if (said.startsWith('yaml-language-server')) continue;
    if (said === '' && lines.length > 0) break;
    if (said !== '') lines.push(said);
  }
  return lines.join(' ');
}

/** Those in which every word is found. */
export function foundTemplates(templates: readonly Template[], query: string): readonly Template[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return templates.filter(({ name, title, about }) => {
    const all = `${name} ${title} ${about}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
