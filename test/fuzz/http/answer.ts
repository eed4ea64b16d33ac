/** What came back, as far as it is judged. Header names in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type FaultKind =
  | "server error"
  | "undocumented status"
  | "wrong content type"
  | "wrong shape"
  | "bad problem"
  | "missing header"
  | "leak"
  | "let in"
  | "took what the document refuses"
  | "no answer";

export interface Fault {
  readonly kind: FaultKind;
  readonly detail: string;
}
