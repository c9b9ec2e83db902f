/** What a failed action tells the person: the fields of an RFC 9457 problem that the console shows. */
export type ActionProblem = {
  code: string;
  title: string;
  detail?: string | undefined;
  requestId?: string | undefined;
  errors?: { path: string; message: string }[] | undefined;
};

/** The answer of a server action as the browser sees it: the output of the operation, or the problem. */
export type ActionResult<Output> = { ok: true; data: Output } | { ok: false; problem: ActionProblem };
