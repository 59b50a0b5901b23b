// People whose app encrypts, by a library of another make than the bot's. Each line of standard
// input is a call: {"id", "who", "does", "with"}; each line of standard output answers one:
// {"id", "got"} or {"id", "refused"}. The argument is the folder with node_modules in it.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const found = createRequire(`${process.argv[2]}/package.json`);
const load = (name) => import(pathToFileURL(found.resolve(name)));
console.log = console.info = console.debug = console.warn = console.error; // stdout is for answers
const sdk = await load("matrix-js-sdk");
const trust = await load("matrix-js-sdk/lib/crypto-api/index.js");
const { logger } = await load("matrix-js-sdk/lib/logger.js");
logger.setLevel("error");

const people = new Map();

class Person {
  changes = 0;
  waiting = [];

  constructor({ url, user, device, token }) {
    this.client = sdk.createClient({
      baseUrl: url, userId: user, deviceId: device, accessToken: token, timelineSupport: true,
    });
  }

  async arrives() {
    await this.client.initRustCrypto({ useIndexedDB: false });
    this.crypto = this.client.getCrypto();
    await this.crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: (send) => send(null) });
    const ready = new Promise((done) => this.client.once("sync", done));
    for (const what of ["Room.timeline", "Event.decrypted", "crypto.verificationRequestReceived",
      "Room.redaction", "Room.myMembership", "crypto.devicesUpdated"]) {
      this.client.on(what, () => this.wakes());
    }
    await this.client.startClient({ initialSyncLimit: 100, lazyLoadMembers: false });
    await ready;
  }

  wakes() {
    this.changes += 1;
    this.waiting.splice(0).forEach((wake) => wake());
  }

  // Return as soon as more has changed than the caller knows of.
  async changed({ known, within_ms }) {
    if (this.changes <= known) {
      await new Promise((wake) => {
        const limit = setTimeout(wake, within_ms);
        this.waiting.push(() => { clearTimeout(limit); wake(); });
      });
    }
    return this.changes;
  }

  async is_in({ room }) {
    return this.client.getRoom(room)?.getMyMembership() === "join";
  }

  async joins({ room }) {
    await this.client.joinRoom(room);
  }

  async invitations() {
    const rooms = this.client.getRooms().filter((room) => room.getMyMembership() === "invite");
    const mine = (room) => room.getMember(this.client.getUserId()).events.member.event;
    return Object.fromEntries(rooms.map((room) => [room.roomId, [mine(room)]]));
  }

  async sends({ room, kind, content }) {
    return (await this.client.sendEvent(room, kind, content)).event_id;
  }

  async reads({ room }) {
    const events = this.client.getRoom(room)?.getLiveTimeline().getEvents() ?? [];
    return Promise.all(events.filter((event) => !event.status).map((event) => this.#told(event)));
  }

  // An event as it was sent, decrypted where this device can, with what an app says of it.
  async #told(event) {
    if (event.isEncrypted()) await this.client.decryptEventIfNeeded(event);
    const clear = event.getClearContent() ?? event.getWireContent();
    const relates = event.getWireContent()["m.relates_to"];
    const seal = event.isEncrypted() && !event.isDecryptionFailure()
      ? await this.crypto.getEncryptionInfoForEvent(event) : null;
    return {
      event_id: event.getId(), sender: event.getSender(), origin_server_ts: event.getTs(),
      type: event.isDecryptionFailure() ? "m.room.encrypted" : event.getType(),
      content: relates ? { ...clear, "m.relates_to": relates } : clear,
      unsigned: event.isRedacted() ? { redacted_because: {} } : {},
      redacts: event.event.redacts,
      was_encrypted: event.isEncrypted(),
      unreadable_because: event.decryptionFailureReason,
      shield: seal && { colour: seal.shieldColour, reason: seal.shieldReason },
    };
  }

  async uploads({ data, name, mime }) {
    const clear = Buffer.from(data, "base64");
    const key = await crypto.subtle.generateKey({ name: "AES-CTR", length: 256 }, true,
      ["encrypt", "decrypt"]);
    const iv = new Uint8Array(16);
    crypto.getRandomValues(iv.subarray(0, 8));
    const sealed = await crypto.subtle.encrypt({ name: "AES-CTR", counter: iv, length: 64 }, key,
      clear);
    const hash = await crypto.subtle.digest("SHA-256", sealed);
    const { content_uri } = await this.client.uploadContent(new Blob([sealed]), {
      name, type: "application/octet-stream", includeFilename: false,
    });
    return {
      url: content_uri, key: await crypto.subtle.exportKey("jwk", key), v: "v2", mimetype: mime,
      iv: bare(iv), hashes: { sha256: bare(hash) },
    };
  }

  async downloads({ file }) {
    const url = this.client.mxcUrlToHttp(file.url, undefined, undefined, undefined, false, true,
      true);
    const answer = await fetch(url, {
      headers: { Authorization: `Bearer ${this.client.getAccessToken()}` },
    });
    if (!answer.ok) throw new Error(`the file is refused: ${answer.status}`);
    const sealed = await answer.arrayBuffer();
    if (bare(await crypto.subtle.digest("SHA-256", sealed)) !== file.hashes.sha256) {
      throw new Error("the file is not the one that was sent");
    }
    const key = await crypto.subtle.importKey("jwk", file.key, "AES-CTR", false, ["decrypt"]);
    const counter = Buffer.from(file.iv, "base64");
    const clear = await crypto.subtle.decrypt({ name: "AES-CTR", counter, length: 64 }, key,
      sealed);
    return Buffer.from(clear).toString("base64");
  }

  async excludes_unsigned({ on }) {
    this.crypto.setDeviceIsolationMode(on ? new trust.OnlySignedDevicesIsolationMode()
      : new trust.AllDevicesIsolationMode(false));
  }

  // What the app knows about a device of somebody with whom it shares an encrypted room.
  async trusts({ user, device }) {
    const known = await this.crypto.getUserDeviceInfo([user], true);
    const has_identity = await this.crypto.userHasCrossSigningKeys(user, true);
    const status = await this.crypto.getDeviceVerificationStatus(user, device);
    return {
      is_known: known.get(user)?.has(device) ?? false, has_identity,
      is_signed_by_owner: status?.signedByOwner ?? false,
      is_verified: status?.isVerified() ?? false,
    };
  }

  async asks_to_verify({ user, room }) {
    return (await this.crypto.requestVerificationDM(user, room)).transactionId ?? null;
  }

  // Make a new key for what is sent from now on, and hand it out again.
  async starts_anew({ room }) {
    await this.crypto.forceDiscardSession(room);
  }
}

const bare = (bytes) => Buffer.from(bytes).toString("base64").replace(/=+$/, "");

async function perform({ who, does, with: what }) {
  if (does === "arrives") people.set(who, new Person(what));
  return people.get(who)[does](what);
}

for await (const line of createInterface({ input: process.stdin })) {
  const call = JSON.parse(line);
  perform(call).then(
    (got) => answer({ id: call.id, got: got ?? null }),
    (error) => answer({ id: call.id, refused: `${error?.stack ?? error}` }),
  );
}
for (const person of people.values()) person.client.stopClient();
process.exit(0);

function answer(what) {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
