// Words of the contract: paragraphs, and code between backticks.

export function Words({ text }: { text: string }) {
  return (
    <>
      {text.split("`").map((part, n) => (n % 2 === 1 ? <code key={n}>{part}</code> : part))}
    </>
  );
}

export function Paragraphs({ text }: { text: string }) {
  return (
    <>
      {text.split("\n\n").map((paragraph) => (
        <p key={paragraph}>
          <Words text={paragraph} />
        </p>
      ))}
    </>
  );
}
