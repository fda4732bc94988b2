package dev.vat.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Every setting there is (design, section 4). A constant's name is its key in files and in the
/// environment.
public enum Setting {
  SSD_BASE(null, "the folder on the SSD for whole projects", "/Volumes/T7/youtube", Need.SSD),
  S3_REPO_NAME(
      null,
      "this repository's name in S3 keys; default: the git remote's name, else the folder's",
      "v-appydave",
      Need.CLOUD),
  AWS_ACCESS_KEY_ID(
      null,
      "S3 access key; default: the AWS tools' own settings",
      "AKIAIOSFODNN7EXAMPLE",
      Need.CLOUD),
  AWS_SECRET_ACCESS_KEY(
      null, "the secret that belongs to AWS_ACCESS_KEY_ID", "your-secret-key", Need.CLOUD),
  AWS_SESSION_TOKEN(
      null, "only for temporary access keys", "the-token-that-came-with-the-keys", Need.CLOUD),
  AWS_PROFILE(null, "a profile of the AWS tools, instead of access keys", "video", Need.CLOUD),
  AWS_REGION(null, "the region of the buckets", "ap-southeast-1", Need.CLOUD),
  AWS_ENDPOINT_URL_S3(
      null,
      "address of an S3-compatible server that is not AWS",
      "https://s3.example.com",
      Need.CLOUD),
  AWS_ENDPOINT_URL(
      null, "the same, when AWS_ENDPOINT_URL_S3 is not set", "https://s3.example.com", Need.CLOUD),
  AWS_ENDPOINT_URL_IAM(
      null,
      "address of an IAM that is not AWS's, for vat cloud setup --iam",
      "https://iam.example.com",
      Need.CLOUD),
  AWS_ENDPOINT_URL_CLOUDTRAIL(
      null,
      "address of a CloudTrail that is not AWS's, for vat cloud setup --audit",
      "https://cloudtrail.example.com",
      Need.CLOUD),
  S3_BUCKET(
      null,
      "bucket for archives, when S3_ARCHIVE_BUCKET is not set",
      "appydave-video-archive",
      Need.ARCHIVE),
  S3_PREFIX(
      null, "prefix for archives, when S3_ARCHIVE_PREFIX is not set", "appydave/", Need.ARCHIVE),
  S3_ARCHIVE_BUCKET(null, "bucket for archived projects", "appydave-video-archive", Need.ARCHIVE),
  S3_ARCHIVE_PREFIX(null, "what archive keys begin with", "appydave/", Need.ARCHIVE),
  S3_COLLAB_BUCKET(
      null, "bucket that the team shares files through", "appydave-video-collab", Need.STAGING),
  S3_COLLAB_PREFIX(
      null, "what shared keys begin with; the repository's name follows", "staging/", Need.STAGING),
  S3_SYNC_USER(
      null,
      "who you are to your team; default: your user name on this computer",
      "jan",
      Need.STAGING),
  ARCHIVE_AFTER_DAYS(
      "90", "a project of this age goes from this computer to the SSD", "90", Need.AUTOMATION),
  BACKUP_AFTER_DAYS("180", "a project of this age goes to S3", "180", Need.AUTOMATION),
  SSD_RETENTION_DAYS(
      "90",
      "days on the SSD before a copy that is proven in S3 may be released",
      "90",
      Need.AUTOMATION),
  S3_RETENTION_DAYS("180", "days in S3 before a project goes to Glacier", "180", Need.AUTOMATION),
  GLACIER_VAULT(
      null,
      "not needed: Deep Archive is a storage class of the bucket, it has no vault",
      "video-archive",
      Need.NOTHING),
  HEAVY_FILE_MB(
      "100",
      "any file over this many MB (1,000,000 bytes) counts as heavy, as videos do",
      "100",
      Need.ARCHIVE),
  MIN_COPIES(
      "1", "verified copies that must exist elsewhere before one is released", "1", Need.ARCHIVE),
  STAGING_CLEANUP_DAYS(
      "90", "age at which shared files are offered for cleanup", "90", Need.STAGING),
  SSD_SAME_DISK_OK(
      "0", "1 allows SSD_BASE on the repository's own disk, for trying out", "1", Need.SSD),
  NOTIFY_SLACK_WEBHOOK(
      null,
      "Slack address that messages go to",
      "https://hooks.slack.com/services/T0/B0/xyz",
      Need.NOTIFY),
  NOTIFY_EMAIL_TO(null, "who gets messages by mail", "david@example.com", Need.NOTIFY),
  NOTIFY_EMAIL_FROM(null, "the sender of these mails", "vat@example.com", Need.NOTIFY),
  SMTP_URL(
      null,
      "the mail server, with user and password",
      "smtps://user:password@mail.example.com",
      Need.NOTIFY),
  MONTHLY_BUDGET_USD("5", "what the cloud may cost a month, in US dollars", "5", Need.COST),
  COST_ALERTS_USD("5,10,20", "monthly costs at which to warn, in US dollars", "5,10,20", Need.COST);

  private enum Need {
    SSD("archive, light, backup, restore, manifest"),
    CLOUD("up, down, status, cleanup, backup, freeze, restore"),
    ARCHIVE("manifest, archive, backup, freeze, restore"),
    STAGING("up, down, status, cleanup, watch, share"),
    AUTOMATION("auto"),
    NOTIFY("auto, schedule"),
    COST("estimate, report"),
    NOTHING("");

    private final String commands;

    Need(String commands) {
      this.commands = commands;
    }
  }

  private final String defaultText;
  private final String purpose;
  private final String example;
  private final Need need;

  Setting(String defaultText, String purpose, String example, Need need) {
    this.defaultText = defaultText;
    this.purpose = purpose;
    this.example = example;
    this.need = need;
  }

  /// The key in files and in the environment.
  public String key() {
    return name();
  }

  /// The value that holds when nobody set one; empty where there is none, or where it depends on
  /// the computer.
  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultText);
  }

  /// Whether the value must never be shown in full.
  public boolean secret() {
    return this == AWS_ACCESS_KEY_ID
        || this == AWS_SECRET_ACCESS_KEY
        || this == AWS_SESSION_TOKEN
        || this == NOTIFY_SLACK_WEBHOOK
        || this == SMTP_URL;
  }

  /// Whether it is one of those that are taken from one source together, never mixed.
  public boolean credential() {
    return this == AWS_ACCESS_KEY_ID
        || this == AWS_SECRET_ACCESS_KEY
        || this == AWS_SESSION_TOKEN
        || this == AWS_PROFILE;
  }

  /// What it is for, in one line.
  public String purpose() {
    return purpose;
  }

  /// A line as it would stand in a settings file.
  public String exampleLine() {
    return key() + "=" + example;
  }

  /// The commands that need it: `up, down, …`; empty when none does.
  public String neededBy() {
    return need.commands;
  }

  /// The setting with exactly this key.
  public static Optional<Setting> named(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
  }

  /// All keys, in the order of the design.
  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }
}
