// A rendered narrative cut at its section headings.
export function sections(html) {
  const [preface, ...parts] = html.split("<h2>");
  return { preface, sections: parts.map((part) => { const at = part.indexOf("</h2>"); return { title: part.slice(0, at), html: part.slice(at + 5) }; }) };
}
