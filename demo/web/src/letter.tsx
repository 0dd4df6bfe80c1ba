// A message that is open, and what the town tells to many.
import type { Schemas } from "@thuisloket/citizen";
import { Do } from "./act";
import { Marked } from "./marked";
import type { Phone } from "./phone";
import { moment } from "./texts";

/** What the town tells, as its preview in the console shows it: when and where, the image, the text, and where to read more. */
export function Announced({ phone, told }: { phone: Phone; told: Schemas["MyAnnouncementOut"] }) {
  const { words } = phone;
  const times = [told.begins_at, told.ends_at].filter((at) => at !== undefined).map((at) => moment(at, words.locale));
  const when = [times.join(" – "), told.place].filter(Boolean).join(" · ");
  const image = told.image_text === undefined ? undefined : phone.image(told.id);
  return (
    <>
      {when !== "" && <small>{when}</small>}
      {image !== undefined && <img src={image} alt={told.image_text} />}
      <Marked text={told.text} />
      {told.link !== undefined && (
        <a href={told.link} target="_blank" rel="noreferrer">
          {words.readMore}
        </a>
      )}
    </>
  );
}

export function Letter({ phone }: { phone: Phone }) {
  const { words, letter, seen } = phone;
  if (letter === undefined) return null;
  const { message, why } = letter;
  const told = seen?.announcements.find((one) => message.deep_link === `/announcements/${one.id}`);
  const { action } = message;
  return (
    <article class={told ? "letter news" : "letter"} id={`${phone.number}-letter`} tabIndex={-1} aria-label={message.title}>
      <strong>{message.title}</strong>
      {message.withdrawn_at !== undefined && <small>{words.withdrawn}</small>}
      {told ? <Announced phone={phone} told={told} /> : <div>{message.body}</div>}
      {why && <div class="why">{[...why.rules, ...why.sources, why.stop].join(" ")}</div>}
      <p class="to">
        {action?.link.startsWith("/") && (
          <Do does="action" run={() => phone.follow(action.link)}>
            {action.label}
          </Do>
        )}
        {action?.link.startsWith("https:") && (
          <a href={action.link} target="_blank" rel="noreferrer">
            {action.label}
          </a>
        )}
        {action?.link !== message.deep_link && (
          <Do does="follow" run={() => phone.follow(message.deep_link)}>
            {words.show}
          </Do>
        )}
        <Do does="close" run={() => phone.close()}>
          {words.close}
        </Do>
      </p>
    </article>
  );
}
