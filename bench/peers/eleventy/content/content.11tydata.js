export default {
  layout: "report.11ty.js",
  tags: ["report"],
  permalink: (data) => `/${data.year}/${data.organ}/index.html`,
};
