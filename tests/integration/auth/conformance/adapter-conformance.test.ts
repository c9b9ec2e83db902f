import {
  authFlowTestSuite,
  caseInsensitiveTestSuite,
  joinsTestSuite,
  normalTestSuite,
  transactionsTestSuite,
  uuidTestSuite,
} from "@better-auth/test-utils/adapter";
import { declareConformance, recordingLayer } from "./declare-conformance";

await declareConformance(recordingLayer, [
  normalTestSuite(),
  authFlowTestSuite(),
  transactionsTestSuite(),
  caseInsensitiveTestSuite(),
  joinsTestSuite(),
  uuidTestSuite(),
]);
