"use server";

import { serverAction } from "@/lib/http/server-action";
import { createRateLimitBlock } from "@/lib/rate-limit-monitor/create-rate-limit-block";
import { createRateLimitExemption } from "@/lib/rate-limit-monitor/create-rate-limit-exemption";
import { deleteRateLimitBlock } from "@/lib/rate-limit-monitor/delete-rate-limit-block";
import { deleteRateLimitExemption } from "@/lib/rate-limit-monitor/delete-rate-limit-exemption";
import { getRateLimits } from "@/lib/rate-limit-monitor/get-rate-limits";
import { listRateLimitBlocks } from "@/lib/rate-limit-monitor/list-rate-limit-blocks";
import { listRateLimitRefusals } from "@/lib/rate-limit-monitor/list-rate-limit-refusals";
import { listRateLimitTop } from "@/lib/rate-limit-monitor/list-rate-limit-top";
import { previewRateLimitRule } from "@/lib/rate-limit-monitor/preview-rate-limit-rule";
import { updateRateLimitRule } from "@/lib/rate-limit-monitor/update-rate-limit-rule";

export const getRateLimitsAction = serverAction(getRateLimits);
export const listRateLimitBlocksAction = serverAction(listRateLimitBlocks);
export const listRateLimitRefusalsAction = serverAction(listRateLimitRefusals);
export const listRateLimitTopAction = serverAction(listRateLimitTop);
export const createRateLimitBlockAction = serverAction(createRateLimitBlock);
export const deleteRateLimitBlockAction = serverAction(deleteRateLimitBlock);
export const createRateLimitExemptionAction = serverAction(createRateLimitExemption);
export const deleteRateLimitExemptionAction = serverAction(deleteRateLimitExemption);
export const previewRateLimitRuleAction = serverAction(previewRateLimitRule);
export const updateRateLimitRuleAction = serverAction(updateRateLimitRule);
