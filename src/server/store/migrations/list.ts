import { firstTables } from "./0001-firstTables.ts";
import { training } from "./0002-training.ts";
import { epoch } from "./0003-epoch.ts";
import { deviceKeys } from "./0004-deviceKeys.ts";
import { erasure } from "./0005-erasure.ts";
import { lastingTargets } from "./0006-lastingTargets.ts";
import { prospectPhone } from "./0007-prospectPhone.ts";
import { manyServers } from "./0008-manyServers.ts";
import { takeBatch } from "./0009-takeBatch.ts";
import { phonesEverywhere } from "./0010-phonesEverywhere.ts";
import { batchInOne } from "./0011-batchInOne.ts";
import { deeds } from "./0012-deeds.ts";
import { fasterBatch } from "./0013-fasterBatch.ts";
import type { Migration } from "./migration.ts";

/** Every step, oldest first. */
export const migrations: readonly Migration[] = [firstTables, training, epoch, deviceKeys, erasure, lastingTargets, prospectPhone, manyServers, takeBatch, phonesEverywhere, batchInOne, deeds, fasterBatch];
