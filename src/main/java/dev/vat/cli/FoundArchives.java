package dev.vat.cli;

import dev.vat.cost.Prices;
import dev.vat.index.ArchiveFeeding;
import dev.vat.index.CopyPlace;
import dev.vat.index.Index;
import dev.vat.index.IndexException;
import dev.vat.lifecycle.Adopted;
import dev.vat.lifecycle.Adoption;
import dev.vat.lifecycle.AdoptionPlan;
import dev.vat.lifecycle.CloudLook;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Brings what `vat find` and `vat show` know of archives in S3 up to date after a look at them.
///
/// @param asked whether the user wants all of it; else what is new is read by the way, up to a
///     limit
/// @param limitRate bytes a second
record FoundArchives(
    Invocation invocation,
    CurrentRepository context,
    boolean asked,
    OptionalLong limitRate,
    Instant now) {
  /// What a look reads by the way: less than a cent, and some seconds on most lines.
  private static final long BY_THE_WAY_BYTES = 32L << 20;

  /// What would be read.
  ///
  /// @return empty where no archive place was listed
  Optional<FromS3> planned(CloudSight cloud) throws IOException {
    Optional<CloudLook.Looked> looked = cloud.archives();
    return looked.isEmpty()
        ? Optional.empty()
        : Optional.of(FromS3.planned(planned(looked.get()), prices()));
  }

  private AdoptionPlan planned(CloudLook.Looked looked) throws IOException {
    try (Index index = Index.open(context.stateFolder()).orElse(null)) {
      return plan(looked, index == null ? Map.of() : index.archives());
    } catch (IndexException unusable) {
      return plan(looked, Map.of());
    }
  }

  /// Reads it. Call it under the manifest's lock, when the manifest is written: an index that
  /// cannot be, or a line that breaks, is a failure only for whom asked for it.
  ///
  /// @return empty where no archive place was listed
  Optional<FromS3> read(CloudSight cloud) throws IOException {
    if (cloud.archives().isEmpty()) {
      return Optional.empty();
    }
    try (ArchiveFeeding index = ArchiveFeeding.open(context.stateFolder(), now)) {
      AdoptionPlan plan = plan(cloud.archives().get(), index.known());
      Optional<Adopted> adopted = Optional.empty();
      if (plan.toRead().isEmpty()) {
        index.listed(plan.bucket(), plan.prefix(), plan.there());
      } else {
        adopted = Optional.of(read(plan, index));
      }
      return Optional.of(FromS3.of(plan, adopted, index.remark().stream().toList(), prices()));
    } catch (IOException fault) {
      CommandFailure failure = Faults.of(fault);
      if (asked || failure.exit() == ExitCode.INTERRUPTED) {
        throw fault;
      }
      return Optional.of(
          FromS3.failed(
              "what is in the archives in S3 was not read to its end: " + failure.getMessage()));
    }
  }

  private Adopted read(AdoptionPlan plan, ArchiveFeeding index) throws IOException {
    try (KeepAwake.Handle _ = invocation.services().keepAwake().begin("vat cloud adopt");
        ArchiveAccess access = ArchiveAccess.open(invocation, context, limitRate)) {
      return new Adoption(access.store(), access.repo(), index, invocation.console().progress())
          .read(plan, asked ? Long.MAX_VALUE : BY_THE_WAY_BYTES);
    }
  }

  private AdoptionPlan plan(CloudLook.Looked looked, Map<CopyPlace, String> known) {
    return AdoptionPlan.of(
        looked.archives().bucket(), looked.archives().prefix(), looked.ours(), known, !asked);
  }

  private Optional<Prices> prices() throws IOException {
    return PriceFiles.of(invocation).in(context.settings());
  }
}
