// Visits, the starts that are offered, and the numbers of today.
import type { Schemas } from "@thuisloket/citizen";
import { Do, now } from "./act";
import { type Town, press } from "./demo";
import type { Phone } from "./phone";
import { dayOf, moment } from "./texts";

/** A visit that begins later than this is gone to by the demo's clock. */
const NEAR = 30 * 60_000;
const MINUTE = 60_000;
/** How long before a visit its owner is at the door. */
const EARLY = 15 * MINUTE;

/** Lets time pass until a quarter before a visit, with each of its reminders on the way. */
async function goTo(visit: Schemas["AppointmentOut"]): Promise<void> {
  const door = Date.parse(visit.starts_at) - EARLY;
  const stops = [...visit.reminders.map((reminder) => Date.parse(reminder.at) + MINUTE), door].filter((at) => at <= door);
  for (const at of stops.sort((a, b) => a - b)) {
    await press(`/clock?until=${new Date(at).toISOString()}`);
    await now.look();
  }
}

export function Offers({ phone, town }: { phone: Phone; town: Town }) {
  const { words } = phone;
  return (
    <>
      {phone.proposals
        .filter((proposal) => proposal.starts.length > 0)
        .map((proposal, nth) => (
          <section class="offer" key={`${proposal.service.id} ${nth}`} id={nth === 0 ? `${phone.number}-offers` : undefined} tabIndex={-1}>
            <strong>{proposal.service.name}</strong>
            <div>{words.free(proposal.location?.name)}</div>
            {proposal.starts.map((start) => (
              <Do key={`${start.starts_at} ${start.location_id}`} does="book" run={() => phone.book(proposal, start)}>
                {moment(start.starts_at, words.locale)}
              </Do>
            ))}
            <p>
              <Do does="other-times" run={() => phone.otherTimes(proposal, town.today)}>
                {words.otherTimes}
              </Do>
            </p>
          </section>
        ))}
    </>
  );
}

export function Visit({ phone, town, visit }: { phone: Phone; town: Town; visit: Schemas["AppointmentOut"] }) {
  const { words, seen } = phone;
  const isHere = seen?.tickets.some((ticket) => ticket.appointment_id === visit.id && !["missed", "left"].includes(ticket.state));
  const isFar = Date.parse(visit.starts_at) - Date.parse(town.now) > NEAR;
  const isHeld = visit.state === "held";
  const wait = seen?.waiting.find((entry) => entry.appointment_id === visit.id);
  const moving = phone.moving?.visit === visit.id ? phone.moving.starts : undefined;
  const times = visit.reminders.map((reminder) => moment(reminder.at, words.locale));
  return (
    <section class="visit" id={`${phone.number}-visit-${visit.id}`} tabIndex={-1}>
      <strong>{`${visit.service.name}, ${moment(visit.starts_at, words.locale)}`}</strong>
      <small>{`${visit.location.name}, ${visit.location.address} · ${words.sayAtDesk(visit.reference)}`}</small>
      {visit.companions.length > 0 && <small>{words.companions(visit.companions.join(", "))}</small>}
      {times.length > 0 && <small>{words.reminders(times)}</small>}
      {isHeld && (
        <p>
          {words.held}{" "}
          <Do does="confirm" run={() => phone.confirm(visit.id)}>
            {words.confirm}
          </Do>
        </p>
      )}
      {!isHere && !isHeld && isFar && (
        <Do does="go" run={() => goTo(visit)}>
          {dayOf(visit.day) === town.today ? words.goHour : words.goDay}
        </Do>
      )}
      {!isHere && !isHeld && !isFar && (
        <Do does="check-in" run={() => phone.checkIn(visit)}>
          {words.here}
        </Do>
      )}
      {!isHere && (
        <p>
          {!isHeld && moving === undefined && (
            <Do does="times" run={() => phone.whereTo(visit, town.today)}>
              {words.move}
            </Do>
          )}
          <Do does="cancel" run={() => phone.cancel(visit.id)}>
            {isHeld ? words.ratherNot : words.cancel}
          </Do>
          {!isHeld && wait !== undefined && (
            <Do does="stop-waiting" run={() => phone.stopWaiting(wait.id)}>
              {words.waitNoMore}
            </Do>
          )}
          {!isHeld && wait === undefined && (
            <Do does="wait" run={() => phone.waitForEarlier(visit.id)}>
              {words.wait}
            </Do>
          )}
        </p>
      )}
      {moving !== undefined && (
        <p>
          {moving.length > 0 ? words.better : words.nothingFree}
          <br />
          {moving.map((start) => (
            <Do key={start.starts_at} does="move" run={() => phone.move(visit.id, start)}>
              {moment(start.starts_at, words.locale)}
            </Do>
          ))}
          <Do
            does="stay"
            run={() => {
              phone.moving = undefined;
            }}
          >
            {words.stay}
          </Do>
        </p>
      )}
    </section>
  );
}

export function Ticket({ phone, ticket }: { phone: Phone; ticket: Schemas["TicketOut"] }) {
  const { words } = phone;
  const isCalled = ticket.state === "called" || ticket.state === "serving";
  return (
    <section class="visit ticket" id={`${phone.number}-ticket-${ticket.id}`} tabIndex={-1}>
      <span class="number">{ticket.number}</span>
      <div>{`${ticket.service}: ${words.tickets[ticket.state] ?? ticket.state} ${isCalled ? (ticket.desk ?? "") : ""}`}</div>
      {ticket.state === "waiting" && (
        <>
          <small>{words.ahead(ticket.ahead, ticket.wait_minutes)}</small>
          <Do does="leave" run={() => phone.leaveQueue(ticket.id)}>
            {words.leave}
          </Do>
        </>
      )}
      {ticket.may_answer && (
        <>
          <div>{words.howWasIt}</div>
          {[1, 2, 3, 4, 5].map((score) => (
            <Do key={score} does={`answer-${score}`} label={words.score(score)} run={() => phone.answer(ticket.id, score)}>
              {score}
            </Do>
          ))}
        </>
      )}
    </section>
  );
}
