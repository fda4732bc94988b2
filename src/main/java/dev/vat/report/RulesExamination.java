package dev.vat.report;

import dev.vat.account.RuleDanger;
import dev.vat.account.WantedBucket;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/// Life cycle rules that somebody made, and that remove or freeze what must not be. Who may not see
/// them, as a teammate with narrow rights, is told just that.
final class RulesExamination implements Examination {
  private final DoctorSubject.StoreOpener opener;
  private final S3Access access;
  private final List<WantedBucket> buckets;
  private final Patience patience;

  RulesExamination(
      DoctorSubject.StoreOpener opener,
      S3Access access,
      List<WantedBucket> buckets,
      Patience patience) {
    this.opener = opener;
    this.access = access;
    this.buckets = List.copyOf(buckets);
    this.patience = patience;
  }

  @Override
  public Check check() {
    return Check.LIFE_CYCLE;
  }

  @Override
  public void run(Consumer<Finding> to) throws IOException {
    for (WantedBucket bucket : buckets) {
      try (ObjectStore store = opener.open(access, bucket.name())) {
        tell(bucket, patience.ask(() -> store.settings().lifecycle()), to);
      } catch (StoreException.AccessDenied | StoreException.Unsupported notTold) {
        to.accept(
            Finding.note(
                Check.LIFE_CYCLE,
                "Whether life cycle rules do harm was not told: " + notTold.getMessage(),
                ""));
      } catch (StoreException fault) {
        to.accept(StoreTrouble.finding(Check.LIFE_CYCLE, fault));
      }
    }
  }

  private static void tell(WantedBucket bucket, LifecycleRules rules, Consumer<Finding> to) {
    List<RuleDanger> dangers = RuleDanger.in(rules, bucket.uses());
    for (RuleDanger danger : dangers) {
      String what = "s3://" + bucket.name() + ": " + danger.what();
      to.accept(
          danger.severe()
              ? Finding.problem(Check.LIFE_CYCLE, what, danger.remedy())
              : Finding.note(Check.LIFE_CYCLE, what, danger.remedy()));
    }
    if (dangers.isEmpty()) {
      to.accept(
          Finding.ok(
              Check.LIFE_CYCLE,
              "No life cycle rule of s3://"
                  + bucket.name()
                  + " removes or freezes what it must not."));
    }
  }
}
