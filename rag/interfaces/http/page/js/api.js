// The one door to the server.

/** What the server refused, in its words. */
export class Refused extends Error {
  constructor(status, kind, message) {
    super(message);
    this.status = status;
    this.kind = kind;
  }
}

async function call(method, path, { body, form, signal } = {}) {
  const init = { method, signal, headers: {} };
  if (form) init.body = form;
  else if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers["Content-Type"] = "application/json";
  }
  const response = await fetch(path, init);
  if (response.ok) return response;
  let problem = {};
  try { problem = await response.json(); } catch { /* a proxy's page, not ours */ }
  throw new Refused(response.status, problem.kind ?? "http", problem.detail ?? `${response.status} ${response.statusText}`);
}

export const get = async (path, signal) => (await call("GET", path, { signal })).json();
export const post = async (path, body) => {
  const response = await call("POST", path, { body });
  return response.status === 204 ? null : response.json();
};
export const remove = (path) => call("DELETE", path);
export const upload = async (form) => (await call("POST", "/api/filings", { form })).json();

/** A file that the server makes, handed to the browser to be saved. */
export async function save(method, path, body) {
  const response = await call(method, path, { body });
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("Content-Disposition") ?? "");
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name ? decodeURIComponent(name[1]) : "xunju";
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Events of a stream as [name, value], until it ends or the signal stops it. */
export async function* events(method, path, body, signal) {
  const response = await call(method, path, { body, signal });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    waiting += value;
    let end;
    while ((end = waiting.indexOf("\n\n")) >= 0) {
      const told = parsed(waiting.slice(0, end));
      waiting = waiting.slice(end + 2);
      if (told) yield told;
    }
  }
}

function parsed(frame) {
  const name = /^event: (.*)$/m.exec(frame);
  const data = /^data: (.*)$/m.exec(frame);
  return name && data ? [name[1], JSON.parse(data[1])] : null;
}
