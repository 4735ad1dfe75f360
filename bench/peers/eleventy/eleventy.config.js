import { bind } from "./lib/figures.js";

export default function (config) {
  config.addPassthroughCopy("assets");
  config.ignores.add("lib");
  // {{表三.本年新收.总计}} in a narrative is a figure of its own front matter
  config.addPreprocessor("figures", "md", (data, content) => content.replace(/\{\{(.+?)\}\}/g, (_, name) => bind(data, name)));
  config.amendLibrary("md", (library) => library.set({ html: true }));
  return { dir: { input: ".", includes: "_includes", data: "_data" }, markdownTemplateEngine: false, htmlTemplateEngine: false };
}
