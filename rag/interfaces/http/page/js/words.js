// What the page says, in Chinese and English.

const WORDS = {
  zh: {
    title: "循据", tagline: "有据可循", library: "公告", talk: "对话", viewer: "原文",
    newTalk: "新对话", upload: "上传公告", uploadHint: "或把文件拖到这里", dropHere: "松开即上传",
    history: "历史", noFilings: "还没有公告。上传 PDF、Word、网页或文本文件，读完就可以提问。", noHistory: "还没有对话。",
    ask: "提问", send: "发送", stop: "停止", placeholder: "问公告里的事，例如：上半年营业收入是多少，同比增长多少？",
    sendHint: "Enter 发送 · Shift+Enter 换行",
    scopeAll: "范围：全部公告", scopeOne: "只问", clearScope: "取消限定",
    welcome: "每句话都能翻到原文", welcomeText: "回答里的 [1] 指向公告的那一页；数字与表格单元格核对过；公告里没有的，会说明为什么答不了。",
    searching: "正在查找……", foundPassages: "找到 {n} 段，正在核对……", stopped: "已停止，以上内容不完整。", again: "重试",
    ai: "AI 生成，已核对", extractive: "摘录原文，未用语言模型", seconds: "{n} 秒",
    sources: "出处", figures: "数字核对", calculation: "算式", operands: "其中", result: "得", alternatives: "其他口径",
    suggestions: "可以接着问", warnings: "注意", nearest: "最接近的段落", searched: "查看过", options: "可选",
    cell: "与单元格核对", sentence: "与原句核对", computed: "由所引数字算出",
    good: "有帮助", wrong_figure: "数字不对", wrong_page: "页码不对", missing: "有遗漏", thanks: "已记下，谢谢。",
    feedbackNote: "补充说明（可不填）", sendNote: "提交", feedback: "反馈", copy: "复制", copied: "已复制。", export: "导出", exportAll: "整段对话",
    citation: "引用 {n}", openPage: "打开原文", page: "第{n}页", pageLabelled: "第{n}页（印刷页码 {label}）", pageInferred: "第{n}页（由分页推算）", noPage: "页码不详",
    moved: "这份公告重新读过，引文已移到新的位置。", changed: "这份公告重新读过，这段引文在页上已找不到，未作标记。", removed: "这份公告已被移除，或换成了另一个文件。下面是当时引用的原文。",
    notPlaced: "这段引文在页面上找不到确切位置，未作标记。", twoPages: "这处证据跨第 {a}、{b} 页，两页都已标出。",
    viewerEmpty: "点回答里的编号，或左边的公告，这里显示原文。", zoomIn: "放大", zoomOut: "缩小", fit: "适合宽度", previous: "上一页", next: "下一页",
    find: "在本公告中查找", findNone: "没有找到", findCount: "{i} / {n}", close: "关闭", copyLink: "复制链接", pages: "{n} 页", pageNumber: "页码", outline: "目录", loading: "正在读取……", noImage: "这一页没有图像：",
    remove: "移除公告", removeSure: "移除“{name}”？它的原文件也会删除。", forget: "删除对话", forgetSure: "删除这段对话？删除后不能恢复。", forgetAll: "清空历史", forgetAllSure: "删除您的全部对话？删除后不能恢复。", yes: "删除", no: "取消",
    askOnly: "只问这份", summary: "摘要", card: "关键指标", cardItem: "指标", cardNow: "本期", cardBefore: "上期", cardChange: "增减", cardMissing: "未印出", cardComputed: "带 * 的增减由印出的两期数字算出。", summaryOf: "概括{name}", more: "更多", evaluation: "评测报告",
    waiting: "排队中", reading: "正在读第 {a} / {b} 页", preparing: "正在读取……", added: "已读入", replaced: "已重读", skipped: "早已读入", failed: "未读入", dismiss: "知道了",
    key: "密钥", keyNeeded: "请输入密钥", keyHint: "密钥由管理员用 xunju keys add 发出。", enter: "进入", leave: "退出登录",
    openNotice: "没有设密钥：本机的任何人都可以使用。", theme: "明暗", language: "English", menu: "设置", offline: "连不上服务，请检查 xunju serve 是否在运行。",
    disclaimer: "依据公告原文生成，不构成投资建议。", skip: "跳到提问", keptDays: "对话保存 {n} 天", noPeriod: "报告期不详", noIssuer: "公司不详", keyboard: "快捷键：/ 提问，F 查找，[ ] 翻页，Esc 关闭",
    reasons: { not_disclosed: "未披露", not_found: "未检索到", ambiguous: "有歧义", conflicting: "相互矛盾", out_of_scope: "超出范围", unsupported_premise: "前提有误" },
    kinds: { annual: "年度报告", half_year: "半年度报告", quarterly: "季度报告", annual_summary: "年报摘要", action_plan: "行动方案", action_plan_evaluation: "方案评估", earnings_flash: "业绩快报", earnings_forecast: "业绩预告", prospectus: "招股说明书", other: "其他" },
    scopes: { consolidated: "合并", parent: "母公司" },
  },
  en: {
    title: "Xunju", tagline: "answers with their page", library: "Filings", talk: "Chat", viewer: "Source",
    newTalk: "New chat", upload: "Upload filings", uploadHint: "or drop files here", dropHere: "Drop to upload",
    history: "History", noFilings: "No filings yet. Upload PDF, Word, web or text files, then ask.", noHistory: "No conversations yet.",
    ask: "Ask", send: "Send", stop: "Stop", placeholder: "Ask about the filings, in Chinese: 上半年营业收入是多少？",
    sendHint: "Enter to send · Shift+Enter for a new line",
    scopeAll: "Scope: all filings", scopeOne: "Only", clearScope: "Clear scope",
    welcome: "Every sentence leads to its page", welcomeText: "[1] points to the page that says it; figures are checked against their table cells; what the filings do not say is refused with the reason.",
    searching: "Searching…", foundPassages: "{n} passages found, checking…", stopped: "Stopped; the text above is not complete.", again: "Try again",
    ai: "AI-generated, checked", extractive: "Quoted, no language model", seconds: "{n} s",
    sources: "Sources", figures: "Figures checked", calculation: "Calculation", operands: "where", result: "gives", alternatives: "Other scopes",
    suggestions: "Ask next", warnings: "Note", nearest: "Nearest passages", searched: "Read", options: "Options",
    cell: "checked against its cell", sentence: "checked against its sentence", computed: "computed from cited figures",
    good: "Helpful", wrong_figure: "Wrong figure", wrong_page: "Wrong page", missing: "Incomplete", thanks: "Noted, thank you.",
    feedbackNote: "Anything to add (optional)", sendNote: "Send", feedback: "Feedback", copy: "Copy", copied: "Copied.", export: "Export", exportAll: "Whole chat",
    citation: "Citation {n}", openPage: "Open the page", page: "p. {n}", pageLabelled: "p. {n} (printed {label})", pageInferred: "p. {n} (inferred)", noPage: "page unknown",
    moved: "This filing was read again; the quote has moved.", changed: "This filing was read again; the quote is no longer on the page and is not painted.", removed: "This filing was removed or replaced by another file. This is what was quoted.",
    notPlaced: "The exact place of this quote was not found; nothing is painted.", twoPages: "This evidence runs over pages {a} and {b}; both are painted.",
    viewerEmpty: "Click a number in an answer, or a filing, to see its pages here.", zoomIn: "Zoom in", zoomOut: "Zoom out", fit: "Fit width", previous: "Previous page", next: "Next page",
    find: "Find in this filing", findNone: "Not found", findCount: "{i} / {n}", close: "Close", copyLink: "Copy link", pages: "{n} pages", pageNumber: "Page", outline: "Outline", loading: "Loading…", noImage: "This page has no picture: ",
    remove: "Remove filing", removeSure: "Remove “{name}” and its original file?", forget: "Delete conversation", forgetSure: "Delete this conversation for good?", forgetAll: "Clear history", forgetAllSure: "Delete all your conversations for good?", yes: "Delete", no: "Cancel",
    askOnly: "Ask only this", summary: "Summary", card: "Key figures", cardItem: "Figure", cardNow: "Current", cardBefore: "Previous", cardChange: "Change", cardMissing: "Not printed", cardComputed: "* computed from the two printed figures.", summaryOf: "Summary of {name}", more: "More", evaluation: "Evaluation",
    waiting: "Waiting", reading: "Page {a} of {b}", preparing: "Reading…", added: "Added", replaced: "Read again", skipped: "Already here", failed: "Failed", dismiss: "OK",
    key: "Key", keyNeeded: "Enter your key", keyHint: "An administrator makes keys with xunju keys add.", enter: "Enter", leave: "Sign out",
    openNotice: "No key is set: anyone at this machine can use it.", theme: "Light or dark", language: "中文", menu: "Settings", offline: "The service cannot be reached; is xunju serve running?",
    disclaimer: "Generated from the filings; not investment advice.", skip: "Skip to the question", keptDays: "Kept for {n} days", noPeriod: "period unknown", noIssuer: "issuer unknown", keyboard: "Keys: / ask, F find, [ ] pages, Esc close",
    reasons: { not_disclosed: "Not disclosed", not_found: "Not loaded", ambiguous: "Ambiguous", conflicting: "Conflicting", out_of_scope: "Out of scope", unsupported_premise: "Wrong premise" },
    kinds: { annual: "Annual report", half_year: "Half-year report", quarterly: "Quarterly report", annual_summary: "Annual summary", action_plan: "Action plan", action_plan_evaluation: "Plan evaluation", earnings_flash: "Earnings flash", earnings_forecast: "Earnings forecast", prospectus: "Prospectus", other: "Other" },
    scopes: { consolidated: "consolidated", parent: "parent company" },
  },
};

const KEY = "xunju-language";
let language = localStorage.getItem(KEY) === "en" ? "en" : "zh";
document.documentElement.lang = language === "en" ? "en" : "zh-CN";

/** The words of a key, `{name}` filled in. */
export function t(key, values = {}) {
  const text = WORDS[language][key] ?? key;
  return typeof text === "string" ? text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "") : text;
}

/** The other language, from the next drawing on. */
export function switchLanguage() {
  language = language === "en" ? "zh" : "en";
  localStorage.setItem(KEY, language);
  location.reload();
}

/** The page of a citation or a passage, in words. */
export function pageInWords(source) {
  if (source.page === null) return t("noPage");
  if (source.page_inferred) return t("pageInferred", { n: source.page });
  if (source.page_label && source.page_label !== String(source.page)) return t("pageLabelled", { n: source.page, label: source.page_label });
  return t("page", { n: source.page });
}

/** Company · period · page. */
export function place(source) {
  const named = source.company || source.title || source.source;
  return [named, source.period, pageInWords(source)].filter(Boolean).join(" · ");
}

const HAN = "\\u3400-\\u9fff\\uf900-\\ufaff\\u3000-\\u303f\\uff00-\\uffef";
const WRAP = new RegExp(`(?<=[${HAN}])\\s+(?=[${HAN}])`, "g");

/** A quote as it reads: the page's line wraps between Chinese characters are no spaces. */
export function flowing(quote) {
  return quote.replace(WRAP, "").replace(/\s+/g, " ");
}
