/** Codes of what keeps data from being fetched, in words; a status is the sender's answer. */
const words: Record<string, string> = {
  "not-fetched": "senders of this kind are not asked",
  "not-authorised": "there are no tokens",
  "tokens-expired": "the tokens have run out; authorise it again",
  "address-not-allowed": "the source's address of the sender is not allowed here",
  "address-not-of-sender": "the sender named an address that is not its own",
  "address-refused": "the address is not a public one",
  "answer-malformed": "the sender's answer could not be read",
  "answer-too-large": "the sender's answer was too large",
  "no-deregistration": "the sender cannot be told",
  "resource-unknown": "the sender's word for it is unknown here",
  "sender-failing": "the sender fails so often that it is left alone for a while",
  "too-many-pages": "the sender's answer had too many pages",
  lost: "no attempt ended in time",
  quota: "the sender's quota is used up for now",
  stopped: "the stream stopped meanwhile",
  timeout: "the sender did not answer in time",
  unreachable: "the sender could not be reached",
};

export function troubleText(code: string): string {
  const status = /^status-(\d+)$/.exec(code)?.[1];
  return status ? `the sender answered ${status}` : (words[code] ?? code);
}
