/** Every code an answer may carry, with its HTTP status (docs: contract of `application/problem+json`, RFC 9457). */
export const errorStatus = {
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  STEP_UP_REQUIRED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

/** A member of the closed set of error codes. */
export type ErrorCode = keyof typeof errorStatus;

/** One refused field: a dotted path into the input, and what to do about it. */
export type FieldError = { path: string; message: string };

type AppErrorOptions = {
  /** Per-field messages of `INVALID_INPUT`. */
  errors?: FieldError[];
  /** Seconds after which the caller may try again; sent as `Retry-After`. */
  retryAfterSeconds?: number;
  /** The limit behind a `RATE_LIMITED`; sent as `RateLimit-Policy`. */
  rateLimit?: { policy: string; limit: number; windowSeconds: number };
  /** For the log only, never for the answer. */
  details?: Record<string, unknown>;
  cause?: unknown;
};

const brand = Symbol.for("gatehouse.app-error");

/** The only error that reaches a caller with its message: a code of the contract and what the person can do. */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly errors: FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly rateLimit: AppErrorOptions["rateLimit"];
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.rateLimit = options.rateLimit;
    this.details = options.details;
  }
}

/** Whether `error` is an `AppError`, also one made by another bundle's copy of this class. */
export function isAppError(error: unknown): error is AppError {
  return typeof error === "object" && error !== null && brand in error;
}

/** The 404 that a missing thing and a thing one may not read share. `what` is a singular noun such as "user". */
export function notFound(what: string): AppError {
  return new AppError("NOT_FOUND", `There is no such ${what}, or you may not see it.`);
}
