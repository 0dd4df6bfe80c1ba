// Another process of the same phone, such as a notification extension: it shares the store of the app. It lists the sessions when it is told
// to, and says how that went.
import { FileStore } from "../src/node.js";
import { take } from "../src/index.js";
import { newPhone } from "./help.js";

const [folder = ""] = process.argv.slice(2);
const phone = newPhone({ store: new FileStore(folder) });
process.stdout.write("ready\n");
await new Promise((begin) => process.stdin.once("data", begin));
try {
  const sessions = await take(phone.citizen.api.GET("/v1/sessions"));
  process.stdout.write(`${JSON.stringify({ session: sessions.find((s) => s.current)?.id, asked: phone.line.all })}\n`);
} catch (error) {
  process.stdout.write(`${JSON.stringify({ failed: String(error), asked: phone.line.all })}\n`);
}
process.exit(0);
