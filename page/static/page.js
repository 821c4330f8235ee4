"use strict";
// Takes in what is dropped, and settles findings from the keyboard. Names of files are text, never markup.
(() => {
  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const one = (id) => document.getElementById(id);

  // the name of who decides, kept by this browser
  const who = one("who");
  if (who) {
    who.value = localStorage.getItem("who") || "";
    who.addEventListener("input", () => localStorage.setItem("who", who.value));
  }
  document.addEventListener("htmx:config:request", (event) => {
    const { request } = event.detail.ctx;
    if (request.method === "POST" && who && request.body) request.body.set("who", who.value);
  });
  document.addEventListener("htmx:response:error", (event) => told(event.detail.ctx.text || "未能完成，请刷新页面后再试"));
  const gone = "连不上复算程序：它可能已被关闭。请重新启动后刷新页面";
  document.addEventListener("htmx:error", () => told(gone));

  function told(message) {
    let line = one("told");
    if (!line) {
      line = document.createElement("p");
      line.id = "told";
      line.className = "failed";
      line.setAttribute("role", "alert");
      document.querySelector("header").append(line);
    }
    line.textContent = message;
  }

  // what is made on the way may take a while, or there may be nothing to make
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[download]");
    if (!link || link.href.startsWith("blob:")) return;
    event.preventDefault();
    if (link.getAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    told("");
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) return told(await answer.text());
      const away = document.createElement("a");
      away.href = URL.createObjectURL(await answer.blob());
      const name = /filename\*=UTF-8''(\S+)/.exec(answer.headers.get("content-disposition") || "");
      away.download = name ? decodeURIComponent(name[1]) : "";
      away.click();
      setTimeout(() => URL.revokeObjectURL(away.href), 60000);
    } catch {
      told(gone);
    } finally {
      link.removeAttribute("aria-busy");
    }
  });

  // the list
  const drop = one("drop");
  const seek = one("seek");
  const only = one("only");

  function sift() {
    const words = seek.value.trim().toLowerCase();
    for (const row of all("#rows tbody tr")) {
      row.hidden = (words && !row.cells[0].textContent.toLowerCase().includes(words)) || (only.checked && !row.matches(".wrong, .failed"));
    }
  }

  if (drop) {
    seek.addEventListener("input", sift);
    only.addEventListener("change", sift);
    document.addEventListener("htmx:after:swap", sift);
    for (const button of all("[data-pick]", drop)) button.addEventListener("click", () => one(button.dataset.pick).click());
    for (const input of [one("files"), one("folder")]) {
      input.addEventListener("change", () => {
        send([...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name })));
        input.value = "";
      });
    }
    for (const kind of ["dragenter", "dragover"]) {
      document.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    }
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
    document.addEventListener("drop", async (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
      const files = entries.every(Boolean) ? (await Promise.all(entries.map(below))).flat()
        : [...event.dataTransfer.files].map((file) => ({ file, name: file.name }));
      send(files);
    });
  }

  async function below(entry) {
    if (entry.isFile) {
      const file = await new Promise((done) => entry.file(done, () => done(null)));
      return file ? [{ file, name: entry.fullPath.replace(/^\//, "") }] : [];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) { // a hundred at a time
      const some = await new Promise((done) => reader.readEntries(done, () => done([])));
      if (!some.length) return found;
      for (const child of some) found.push(...await below(child));
    }
  }

  async function send(files) {
    const litter = /^(~\$|\.)/;
    const wanted = files.filter(({ name }) => !litter.test(name.split("/").pop()));
    const line = said(`正在放入 ${wanted.length} 个文件`);
    let sent = 0;
    for (const { file, name } of wanted) {
      if (file.size > drop.dataset.limit * 1048576) {
        refused(`${name}：超过 ${drop.dataset.limit} MB，页面不接收。请拆分或压缩后再试，或用 fusuan batch 直接核对文件夹`);
      } else {
        await post(file, name);
      }
      sent += 1;
      line.textContent = `正在放入 ${sent} / ${wanted.length}`;
    }
    line.remove();
  }

  async function post(file, name) {
    try {
      const answer = await fetch(`/filings?name=${encodeURIComponent(name)}`, { method: "POST", body: file,
        headers: { "content-type": "application/octet-stream" } });
      if (!answer.ok) refused((await answer.json()).error);
    } catch {
      refused(`${name}：未能放入，请重试`);
    }
  }

  function said(message) {
    const line = document.createElement("li");
    line.textContent = message;
    one("sending").append(line);
    return line;
  }

  function refused(message) {
    const line = said(message);
    line.className = "failed";
    const away = document.createElement("button");
    away.textContent = "知道了";
    away.className = "quiet";
    away.addEventListener("click", () => line.remove());
    line.append(away);
  }

  // one report: settle findings from the keyboard
  const form = () => document.querySelector(".c.on .decide");
  const answers = { 1: "属实", 2: "不属实", 3: "需补充材料", 4: "已整改" };

  function settle(answer) {
    const button = form() && all("button[name=verdict]", form()).find((found) => found.value === answer);
    if (button) button.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("[name=remark]")) {
      const own = event.target.closest("form");
      if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        const answer = own.dataset.pending || own.dataset.verdict;
        const button = all("button[name=verdict]", own).find((found) => answer && found.value === answer);
        if (button) button.click();
        else own.requestSubmit(); // a remark alone
      }
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.target.closest("input, select, textarea") || !form()) return;
    if (event.key === "2") { // a dismissal wants its reason
      event.preventDefault();
      form().dataset.pending = answers[2];
      form().querySelector("[name=remark]").focus();
    } else if (answers[event.key]) {
      settle(answers[event.key]);
    } else if (event.key === "u" || event.key === "U") {
      settle("");
    }
  });

  // the picture of the page
  const leaf = one("leaf");
  if (leaf) {
    const sizes = leaf.dataset.sizes.trim().split(" ").map((size) => size.split(",").map(Number));
    const picture = leaf.querySelector("img");
    const box = leaf.querySelector(".box");
    let number = 1;
    let marked = null;

    const show = (at) => {
      number = Math.min(sizes.length, Math.max(1, at));
      one("leaf-number").textContent = number;
      const source = `${leaf.dataset.path}${number}.png`;
      if (picture.getAttribute("src") !== source) picture.src = source;
      box.hidden = !(marked && marked.page === number && marked.box.length === 4);
      if (box.hidden) return;
      const [width, height] = sizes[number - 1];
      const [left, top, right, bottom] = marked.box;
      Object.assign(box.style, { left: `${100 * left / width}%`, top: `${100 * top / height}%`,
        width: `${100 * (right - left) / width}%`, height: `${100 * (bottom - top) / height}%` });
      box.scrollIntoView({ block: "center" });
    };
    const open = (tab) => {
      for (const button of all("[data-tab]")) button.setAttribute("aria-selected", button.dataset.tab === tab);
      leaf.hidden = tab !== "leaf";
      one("text").hidden = tab !== "text";
      if (tab === "leaf") show(marked ? marked.page : number);
    };
    picture.addEventListener("error", () => { leaf.querySelector(".failed").hidden = false; });
    picture.addEventListener("load", () => { leaf.querySelector(".failed").hidden = true; if (!box.hidden) box.scrollIntoView({ block: "center" }); });
    for (const button of all("[data-tab]")) button.addEventListener("click", () => open(button.dataset.tab));
    for (const button of all("[data-turn]")) button.addEventListener("click", () => show(number + Number(button.dataset.turn)));
    document.addEventListener("chosen", ({ target }) => {
      marked = { page: Number(target.dataset.page) || 1, box: target.dataset.box ? target.dataset.box.split(" ").map(Number) : [] };
      if (!leaf.hidden) show(marked.page);
    });
    document.addEventListener("keydown", (event) => {
      if ((event.key === "p" || event.key === "P") && !event.target.closest("input, select")) open(leaf.hidden ? "leaf" : "text");
    });
  }
})();
