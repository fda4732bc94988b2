package dev.vat.cloud;

import java.util.List;
import java.util.Optional;

/// Hands every call on to another bucket's settings.
public class ForwardingBucketSettings implements BucketSettings {
  private final BucketSettings settings;

  public ForwardingBucketSettings(BucketSettings settings) {
    this.settings = settings;
  }

  @Override
  public Optional<Region> region() throws StoreException {
    return settings.region();
  }

  @Override
  public Region regionForNew() {
    return settings.regionForNew();
  }

  @Override
  public void create() throws StoreException {
    settings.create();
  }

  @Override
  public boolean isPublicAccessBlocked() throws StoreException {
    return settings.isPublicAccessBlocked();
  }

  @Override
  public void blockPublicAccess() throws StoreException {
    settings.blockPublicAccess();
  }

  @Override
  public Optional<String> encryption() throws StoreException {
    return settings.encryption();
  }

  @Override
  public void encrypt() throws StoreException {
    settings.encrypt();
  }

  @Override
  public Optional<String> policy() throws StoreException {
    return settings.policy();
  }

  @Override
  public void putPolicy(Optional<String> seen, String policy) throws StoreException {
    settings.putPolicy(seen, policy);
  }

  @Override
  public Versioning versioning() throws StoreException {
    return settings.versioning();
  }

  @Override
  public void keepVersions() throws StoreException {
    settings.keepVersions();
  }

  @Override
  public LifecycleRules lifecycle() throws StoreException {
    return settings.lifecycle();
  }

  @Override
  public LifecycleRules merge(LifecycleRules seen, List<LifecycleRule> ours) throws StoreException {
    return settings.merge(seen, ours);
  }

  @Override
  public Optional<Replication> replication() throws StoreException {
    return settings.replication();
  }

  @Override
  public void replicate(Optional<Replication> seen, String role, List<Replication.Rule> ours)
      throws StoreException {
    settings.replicate(seen, role, ours);
  }
}
