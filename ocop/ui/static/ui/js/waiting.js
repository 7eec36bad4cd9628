// What was handed in on this device without a line is sent from whatever page its writer opens, and said in words there.
// Nothing refused is thrown away here: the page it was written on shows it and asks.

import { Outbox, sentAnywhere } from "./outbox.js";

const line = (words) => Object.assign(document.createElement("p"), { textContent: words });

class Waiting {
  constructor(person, except) {
    this.person = person;
    this.except = except;
    this.done = [];
  }

  async start() {
    const channels = new Map();
    for (const item of await this.items()) channels.set(item.channel, item.anywhere.sessionUrl);
    for (const [channel, sessionUrl] of channels) {
      const box = new Outbox({ channel, user: this.person, sessionUrl, changed: () => this.show(), kept: (item, told) => this.kept(item, told) });
      await box.open();
      box.later(0);
    }
    await this.show();
  }

  async items() {
    return (await sentAnywhere(this.person)).filter((item) => !this.except.has(item.channel));
  }

  kept(item, told) {
    if (item.anywhere.forget) localStorage.removeItem(item.anywhere.forget);
    if (item.last) this.done.push(told.message ?? `Đã nộp phiếu ${item.anywhere.label}.`);
  }

  async show() {
    const rows = this.done.map(line);
    for (const item of await this.items()) {
      const refused = item.state === "refused" || item.state === "conflict";
      if (!item.last && !refused) continue;
      const words = refused ? `chưa nộp được: ${item.message || "máy chủ không nhận."}` : "đang chờ gửi, giữ trên máy này.";
      const row = line(`Phiếu ${item.anywhere.label} ${words} `);
      row.append(Object.assign(document.createElement("a"), { href: item.anywhere.page, textContent: "Mở phiếu" }));
      rows.push(row);
    }
    if (!this.place && !rows.length) return;
    if (!this.place) {
      this.place = Object.assign(document.createElement("div"), { className: "messages" });
      this.place.setAttribute("role", "status");
      this.place.dataset.waiting = "";
      const main = document.querySelector(".main");
      main?.insertBefore(this.place, main.querySelector(".page-head"));
    }
    for (const row of rows) row.className = "message";
    this.place.replaceChildren(...rows);
  }
}

/** Sends what waits for this person; a sheet that is open on this page looks after its own (`except`: their channels). */
export const sendWaiting = (person, except) => new Waiting(person, except).start();
