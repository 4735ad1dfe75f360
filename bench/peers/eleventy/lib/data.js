import { readFileSync } from "node:fs";

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf-8"));

export const forms = read("forms.json");
export const organs = read("organs.json");
export const site = {
  url: "http://www.example.gov.cn/nianbao/",
  section: "政府信息公开年报",
  portal: "示例市人民政府",
  about: "性能测试用的示例栏目，机关和数字均为虚构。",
};

export const day = (date) => (date instanceof Date ? date.toISOString().slice(0, 10) : String(date));

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escape = (text) => String(text).replace(/[&<>"]/g, (c) => entities[c]);
