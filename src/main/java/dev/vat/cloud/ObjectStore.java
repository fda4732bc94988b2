package dev.vat.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The port to one bucket of an object store that speaks S3.
///
/// Thread-safe. Every method may block for as long as the network does, retries what is worth
/// retrying (time-outs, resets, 500, 503, 409 on a condition) with growing pauses, and then fails
/// with a [StoreException] whose type says what the user can do. Keys are compared byte by byte. A
/// write that is not conditional does not exist here: see [Guard].
///
/// Source of the rules: Amazon S3 API Reference and the user guide's "Conditional requests" and
/// "Checking object integrity".
public interface ObjectStore extends AutoCloseable {
  /// The bucket's name, as users know it.
  String bucket();

  /// What the bucket is set to: its life cycle rules, its policy and the like. Over the same line;
  /// nothing is sent by asking for it.
  BucketSettings settings();

  /// Tells every object whose key begins with `prefix`, in the order of the keys' UTF-8 bytes, a
  /// page at a time: memory stays flat, one request for each 1,000 objects.
  ///
  /// @throws StoreException also in the middle, after some were told: a failed listing is never an
  ///     empty or a shorter one
  void list(String prefix, Consumer<ObjectSummary> each) throws StoreException;

  /// Tells the folders directly below `prefix`: each first part of what follows it in some key, as
  /// far as the next `/`, once, without that `/`, in the order of the keys. One request for each
  /// 1,000 folders and objects that lie directly there, however many the folders hold.
  ///
  /// @param prefix empty, or ends in `/`
  /// @throws StoreException also in the middle, after some were told
  void listFolders(String prefix, Consumer<String> each) throws StoreException;

  /// Asks for one object's facts.
  ///
  /// @return empty when there is no such object
  Optional<ObjectFacts> head(String key) throws StoreException;

  /// Tells the size of one part of exactly this version of an object: what has to be known to
  /// compute the ETag of parts from a content.
  ///
  /// @param number from 1
  /// @return empty where the object was put whole, has no such part, or the server does not tell
  /// @throws StoreException.Changed when the key now holds another version, or nothing
  Optional<StoredPart> part(String key, ETag version, int number) throws StoreException;

  /// Writes a small object (at most [#SINGLE_PUT_LIMIT] bytes) in one request. Atomic: after a
  /// failure the old object, or nothing, is there; or, when only the answer was lost, the new one.
  /// A lost answer to our own write is recognised (same content and metadata under the key) and
  /// reported as stored.
  ///
  /// @throws SourceChangedException when the body's bytes are no longer those of its checksum
  Written put(String key, Body body, ObjectAttributes attributes, Guard guard) throws IOException;

  /// The most that [#put] takes; bigger objects go in parts.
  long SINGLE_PUT_LIMIT = 64L * 1024 * 1024;

  /// Begins a write in parts; nothing is visible under the key until [#completeUpload].
  ///
  /// @return S3's upload id, to be journalled at once: an upload that nobody remembers costs
  ///     storage for ever
  String createUpload(String key, ObjectAttributes attributes) throws StoreException;

  /// Sends one part. Sending the same number again replaces the part.
  ///
  /// @param number 1 to 10,000
  /// @param body 5 MiB to 5 GiB, except the last, which may be smaller
  /// @throws SourceChangedException when the body's bytes are no longer those of its checksum
  /// @throws StoreException.NoSuchUpload when the upload was completed or aborted
  UploadedPart uploadPart(String key, String uploadId, int number, Body body) throws IOException;

  /// The parts that S3 holds of an upload under way, in order of their numbers.
  ///
  /// @throws StoreException.NoSuchUpload when the upload was completed or aborted
  List<UploadedPart> listParts(String key, String uploadId) throws StoreException;

  /// Makes the parts one object, if the guard still holds at that moment. Atomic, and safe to
  /// repeat.
  ///
  /// @param parts all of them, in order, with their CRC-32: some servers insist on it and do not
  ///     tell it in [#listParts], so who resumes an upload computes it from the content again
  /// @param sizeBytes of the whole, checked by S3
  /// @param crc32 of the whole content, checked by S3 where the server can
  /// @return [Written.Refused] leaves the upload open: abort it or complete it under another guard
  Written completeUpload(
      String key, String uploadId, List<UploadedPart> parts, long sizeBytes, int crc32, Guard guard)
      throws StoreException;

  /// Forgets an upload and its parts. One that is gone already is no fault.
  void abortUpload(String key, String uploadId) throws StoreException;

  /// Tells every upload under way whose key begins with `prefix`, whoever began it.
  void listUploads(String prefix, Consumer<OpenUpload> each) throws StoreException;

  /// Reads a range of exactly this version of an object, from the network as it comes. The caller
  /// closes the stream. A stream that breaks in the middle fails with an [IOException] on read: ask
  /// again for what is missing. It never ends early silently.
  ///
  /// @throws StoreException.Changed when the key now holds another version, or nothing
  /// @throws StoreException.Frozen when it has to be thawed first
  InputStream read(String key, ETag version, long offset, long length) throws StoreException;

  /// Copies an object inside the bucket, without moving bytes through this machine, with its
  /// metadata, content type, other headers and whole checksum. Of any size (S3 takes at most 5 GB
  /// in one request; more goes in parts, and the target stays what it was until the last step).
  /// Onto itself as well, which is how S3 changes a storage class: the content is whole under the
  /// key at every moment, under the old version or the new one. A lost answer to our own copy is
  /// recognised (same content, metadata and class under the target's key).
  ///
  /// @param version what must be copied
  /// @param guard on the target; for a copy of a key onto itself `Guard.unchanged(version)`
  /// @param watch told of the upload of a copy in parts, to be journalled
  /// @throws StoreException.Changed when the source key now holds another version, or nothing
  /// @throws StoreException.Frozen when the source has to be thawed first
  Written copy(
      String sourceKey,
      ETag version,
      String targetKey,
      CopyAttributes attributes,
      Guard guard,
      CopyWatch watch)
      throws StoreException;

  /// Copies an object as it is, to S3 Standard.
  default Written copy(String sourceKey, ETag version, String targetKey, Guard guard)
      throws StoreException {
    return copy(
        sourceKey,
        version,
        targetKey,
        CopyAttributes.in(StorageClass.STANDARD),
        guard,
        CopyWatch.none());
  }

  /// Asks S3 to make a frozen object readable for some days. Nothing is awaited: [#head] and
  /// [#list] tell how it stands. Repeating it is safe. A faster tier makes one under way faster (S3
  /// wants the same days then); the days of a copy that is there count anew.
  ///
  /// @param days from 1
  /// @throws IllegalArgumentException when S3 does not offer the tier for the object's class
  /// @throws StoreException.Changed when the key now holds another version, or nothing
  /// @throws StoreException.Unsupported by a server that thaws nothing
  ThawAnswer thaw(String key, ETag version, int days, ThawTier tier) throws StoreException;

  /// The tags of an object.
  ///
  /// @throws StoreException.Changed when the key now holds another version, or nothing
  /// @throws StoreException.Unsupported by a server that keeps none
  Map<String, String> tags(String key, ETag version) throws StoreException;

  /// Replaces an object's tags. S3 knows no condition for that: a version that comes in the very
  /// moment gets them.
  ///
  /// @throws StoreException.Changed when the key now holds another version, or nothing; then
  ///     nothing was changed
  /// @throws StoreException.Unsupported by a server that keeps none, or takes no checksum headers
  ///     (S3 wants one of this request)
  void retag(String key, ETag version, Map<String, String> tags) throws StoreException;

  /// Removes exactly this version of an object.
  ///
  /// @return whether it was removed by this call or is gone already, or another version is there
  ///     and was left alone
  Removed remove(String key, ETag version) throws StoreException;

  /// The address of an S3-compatible server; empty for Amazon S3 itself, which honours every
  /// [Condition].
  Optional<URI> endpoint();

  /// Finds out which conditions the server does not honour, one by one: each is tried with a guard
  /// that does not hold, which has to be refused, and with one that does, which has to pass. Takes
  /// some twenty small requests, several at once, and writes objects of a few bytes with names of
  /// their own, which are removed again, also after a failure; see [#takeRemarks] for what could
  /// not be.
  ///
  /// @param folder what the keys of these objects begin with, ending in `/`; nothing else in it is
  ///     touched
  /// @throws StoreException when the bucket cannot be read or written: nothing is known then
  Set<Condition> missingConditions(String folder) throws StoreException;

  /// What this server could not prove or do in the calls since this was last asked, in sentences
  /// for users.
  List<String> takeRemarks();

  /// Makes a link by which anybody can read what is under a key, in a browser and by ranges,
  /// without credentials. Nothing is sent, so whether there is an object is not known by it.
  ///
  /// @param shown what the answer says of itself, whatever was recorded at the upload
  /// @param valid from a second to [ReadLink#LONGEST]
  /// @throws StoreException when there are no credentials to sign with
  ReadLink readLink(String key, ReadLink.Shown shown, Duration valid) throws StoreException;

  /// The server's own clock, from the answer to a cheap request (a listing of one key below
  /// `prefix`, which even the narrowest credentials allow).
  Instant serverTime(String prefix) throws StoreException;

  /// Lets somebody know while calls wait for a line that was lost. A store that waits for none need
  /// not tell.
  default void watchLine(LineWatch watch) {}

  @Override
  void close();
}
