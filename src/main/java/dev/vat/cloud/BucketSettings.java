package dev.vat.cloud;

import java.util.List;
import java.util.Optional;

/// The port to what a bucket is set to: everything but its objects.
///
/// Thread-safe. Blocks and retries as [ObjectStore] does. What a server does not know is
/// [StoreException.Unsupported], what these credentials may not see or change
/// [StoreException.AccessDenied], each by itself: whoever lacks one of the rights still gets the
/// rest. S3 has no conditions on these writes, so each of them takes what was seen before, looks
/// again, writes, and looks once more; what changes between the second look and the write is lost,
/// and cannot be helped.
///
/// Source: Amazon S3 API Reference, the operations that the methods name.
public interface BucketSettings {
  /// Where the bucket is (HeadBucket).
  ///
  /// @return empty when there is no such bucket; an empty region where a server has none
  /// @throws StoreException.AccessDenied also when it is somebody else's
  Optional<Region> region() throws StoreException;

  /// @param name for example `eu-west-1`; empty where a server has none
  record Region(String name) {}

  /// Where [#create] makes it: the region of this connection.
  Region regionForNew();

  /// Makes the bucket, in the region of this connection (CreateBucket). One of ours that is there
  /// already is left as it is.
  ///
  /// @throws StoreException.Failed when somebody else has a bucket of this name
  void create() throws StoreException;

  /// Whether nobody can make anything in it public (GetPublicAccessBlock): all four switches.
  boolean isPublicAccessBlocked() throws StoreException;

  /// Switches on all four (PutPublicAccessBlock).
  void blockPublicAccess() throws StoreException;

  /// S3's word for how new objects are encrypted, `AES256` or `aws:kms` (GetBucketEncryption);
  /// empty when nothing is set.
  Optional<String> encryption() throws StoreException;

  /// Has new objects encrypted with S3's own keys, `AES256` (PutBucketEncryption).
  void encrypt() throws StoreException;

  /// The bucket's policy, in JSON (GetBucketPolicy); empty when it has none.
  Optional<String> policy() throws StoreException;

  /// Sets the policy, unless it is no longer what was seen (PutBucketPolicy).
  ///
  /// @throws StoreException.Changed when it is another one by now; nothing was written
  void putPolicy(Optional<String> seen, String policy) throws StoreException;

  /// Whether it keeps versions (GetBucketVersioning).
  Versioning versioning() throws StoreException;

  /// Whether a bucket keeps what is replaced and removed.
  enum Versioning {
    /// Never did.
    OFF,
    ON,
    /// Did once: what was kept then is still there.
    SUSPENDED
  }

  /// Has it keep versions from now on (PutBucketVersioning).
  void keepVersions() throws StoreException;

  /// Its life cycle rules (GetBucketLifecycleConfiguration).
  LifecycleRules lifecycle() throws StoreException;

  /// Sets these rules beside those that are there, in place of those with the same id; all others
  /// stay to the letter, also what vat knows no word for. S3 replaces the whole set at once
  /// (PutBucketLifecycleConfiguration), so it is read, put together, written, and read again.
  ///
  /// @param seen what the decision was made on
  /// @param ours at least one
  /// @return what is there now
  /// @throws StoreException.Changed when the rules are no longer those that were seen; nothing was
  ///     written
  /// @throws StoreException.Failed when, some time after the write, S3 shows another set than was
  ///     written
  LifecycleRules merge(LifecycleRules seen, List<LifecycleRule> ours) throws StoreException;

  /// How S3 copies what is stored here to other buckets (GetBucketReplication); empty when it does
  /// not.
  Optional<Replication> replication() throws StoreException;

  /// Sets these rules beside those that are there, in place of those with the same id; all others
  /// stay to the letter (PutBucketReplication).
  ///
  /// @param role as which S3 copies, for all rules
  /// @throws StoreException.Changed when it is no longer what was seen; nothing was written
  void replicate(Optional<Replication> seen, String role, List<Replication.Rule> ours)
      throws StoreException;
}
