import { RateLimitsLoading } from "@/app/(console)/screens/rate-limits-loading";

export default RateLimitsLoading;
