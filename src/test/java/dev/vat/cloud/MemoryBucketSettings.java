package dev.vat.cloud;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a bucket in memory is set to. The bucket is there from the start, and bare.
public final class MemoryBucketSettings implements BucketSettings {
  private boolean publicAccessBlocked;
  private Optional<String> encryption = Optional.empty();
  private Optional<String> policy = Optional.empty();
  private Versioning versioning = Versioning.OFF;
  private LifecycleRules rules = LifecycleRules.NONE;
  private Optional<Replication> replication = Optional.empty();

  @Override
  public Optional<Region> region() {
    return Optional.of(new Region("memory"));
  }

  @Override
  public Region regionForNew() {
    return new Region("memory");
  }

  @Override
  public void create() {}

  @Override
  public synchronized boolean isPublicAccessBlocked() {
    return publicAccessBlocked;
  }

  @Override
  public synchronized void blockPublicAccess() {
    publicAccessBlocked = true;
  }

  @Override
  public synchronized Optional<String> encryption() {
    return encryption;
  }

  @Override
  public synchronized void encrypt() {
    encryption = Optional.of("AES256");
  }

  @Override
  public synchronized Optional<String> policy() {
    return policy;
  }

  @Override
  public synchronized void putPolicy(Optional<String> seen, String wanted) throws StoreException {
    if (!policy.equals(seen)) {
      throw new StoreException.Changed("another policy", null);
    }
    policy = Optional.of(wanted);
  }

  @Override
  public synchronized Versioning versioning() {
    return versioning;
  }

  @Override
  public synchronized void keepVersions() {
    versioning = Versioning.ON;
  }

  @Override
  public synchronized LifecycleRules lifecycle() {
    return rules;
  }

  /// What somebody made by hand.
  public synchronized void handMade(LifecycleRule... made) {
    rules = new LifecycleRules(List.of(made), rules.smallest());
  }

  @Override
  public synchronized LifecycleRules merge(LifecycleRules seen, List<LifecycleRule> ours)
      throws StoreException {
    if (!rules.equals(seen)) {
      throw new StoreException.Changed("other rules", null);
    }
    List<LifecycleRule> all = new ArrayList<>(rules.rules());
    for (LifecycleRule rule : ours) {
      all.removeIf(old -> old.id().equals(rule.id()));
      all.add(rule);
    }
    rules = new LifecycleRules(all, rules.smallest());
    return rules;
  }

  @Override
  public synchronized Optional<Replication> replication() {
    return replication;
  }

  @Override
  public synchronized void replicate(
      Optional<Replication> seen, String role, List<Replication.Rule> ours) throws StoreException {
    if (!replication.equals(seen)) {
      throw new StoreException.Changed("somebody changed it", null);
    }
    List<Replication.Rule> all =
        new ArrayList<>(replication.map(Replication::rules).orElse(List.of()));
    for (Replication.Rule rule : ours) {
      all.removeIf(old -> old.id().equals(rule.id()));
      all.add(rule);
    }
    replication = Optional.of(new Replication(role, all));
  }
}
