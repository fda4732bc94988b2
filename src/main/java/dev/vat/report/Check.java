package dev.vat.report;

/// What the doctor looks at, in the order in which it does. The words are a public contract
/// (`vat.doctor/1`): new ones may be added, none is renamed.
public enum Check {
  /// Whether the folder belongs to a repository.
  REPOSITORY("repository"),
  /// Whether every setting can be understood, and the credentials are one complete set.
  SETTINGS("settings"),
  /// Whether others can read the files that hold secrets.
  ENV_FILE("env-file"),
  /// Whether git tracks, or would add, what must not be published.
  GIT("git"),
  /// Folders and files that `vat` does not look after.
  NOT_PROTECTED("not-protected"),
  /// Names that cannot exist on every system of the team, and files that `vat` leaves out.
  NAMES("names"),
  /// What transfers that were cut left behind.
  LEFTOVERS("leftovers"),
  /// Free space on the repository's disk.
  DISK("disk"),
  /// The drives: whether they are connected and the right ones, and what only they hold.
  SSD("ssd"),
  /// `vat`'s own notes in `.vat`.
  STATE("state"),
  /// Whether the bucket answers and may be listed.
  BUCKET("bucket"),
  /// Whether this computer's clock and S3's agree.
  CLOCK("clock"),
  /// Whether names here and names in S3 can be together in one folder.
  SHARED_NAMES("shared-names"),
  /// Whether life cycle rules remove or freeze what must not be.
  LIFE_CYCLE("life-cycle"),
  /// Whether the bucket may be written.
  WRITING("writing"),
  /// Whether the server keeps what is stored beside an object, and its checksum.
  OBJECT_FACTS("object-facts"),
  /// Whether a new object is refused where there is one already.
  CREATE_CONDITION("create-condition"),
  /// Whether an object is replaced only while it is the expected version.
  REPLACE_CONDITION("replace-condition"),
  /// The same conditions for objects that are sent in parts.
  COMPLETE_CONDITION("complete-condition"),
  /// Whether a copy inside the bucket is refused where there is an object already.
  COPY_CONDITION("copy-condition"),
  /// Whether an object is removed only while it is the expected version.
  DELETE_CONDITION("delete-condition");

  private final String word;

  Check(String word) {
    this.word = word;
  }

  /// For users and programs, for example `env-file`.
  public String word() {
    return word;
  }
}
