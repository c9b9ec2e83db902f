/** Answers one question; several that are asked in one turn of the event loop are answered together. */
type Ask<Answer> = (question: string) => Promise<Answer>;

/**
 * Gathers what is asked within one turn of the event loop and answers it at its end, at most `most` questions at a time:
 * what a store takes for a command, its frame, its timer and its system call, is then paid once for all requests that
 * arrived together. The same question asked twice in a turn is asked once. `answerAll` answers in the order of its
 * questions; where it throws, every one of them has failed.
 */
export function gatherTurn<Answer>(
  answerAll: (questions: readonly string[]) => Promise<readonly Answer[]>,
  most: number,
): Ask<Answer> {
  let gathered: Turn<Answer> | null = null;
  return async (question) => {
    if (gathered === null || gathered.questions.size >= most) gathered = startTurn();
    const turn = gathered;
    const known = turn.questions.get(question);
    const position = known ?? turn.questions.size;
    if (known === undefined) turn.questions.set(question, position);
    const answers = await turn.answers;
    // As many answers as questions: `answerAll` promises it.
    return answers[position] as Answer;
  };

  function startTurn(): Turn<Answer> {
    const questions = new Map<string, number>();
    const turn: Turn<Answer> = { questions, answers: endOfTurn().then(() => close()) };
    const close = () => {
      if (gathered === turn) gathered = null;
      return answerAll([...questions.keys()]);
    };
    return turn;
  }
}

type Turn<Answer> = {
  /** Each question and its place. */
  questions: Map<string, number>;
  answers: Promise<readonly Answer[]>;
};

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
