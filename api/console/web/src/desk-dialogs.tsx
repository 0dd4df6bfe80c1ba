// To which service somebody goes on: one press chooses.
import { t } from "./texts";
import { Ask } from "./ui";

type Props = { number: string; services: { id: string; name: string }[]; done: (service?: string) => void };

export function SendOn({ number, services, done }: Props) {
  return (
    <Ask text={t(services.length > 0 ? "deskSendOnAsk" : "deskSendOnNowhere", { number })} done={() => done()}>
      <div class="choices">
        {services.map((s) => (
          <button key={s.id} type="button" class="tab" onClick={() => done(s.id)}>
            {s.name}
          </button>
        ))}
      </div>
    </Ask>
  );
}
