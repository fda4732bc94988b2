package dev.vat.report;

import dev.vat.cloud.Condition;

/// What each condition means to the people who share a bucket.
public final class ConditionWords {
  private ConditionWords() {}

  /// What the server lacks, completes "the server ... lacks ": for example `"only if there is none
  /// yet" (If-None-Match) when a file is uploaded`.
  public static String of(Condition condition) {
    return switch (condition) {
      case PUT_IF_ABSENT ->
          "\"only if there is none yet\" (If-None-Match: *) when a file is uploaded";
      case PUT_IF_UNCHANGED ->
          "\"only if it is still that version\" (If-Match) when a file is replaced";
      case COMPLETE_IF_ABSENT ->
          "\"only if there is none yet\" (If-None-Match: *) when a big file's upload is completed";
      case COMPLETE_IF_UNCHANGED ->
          "\"only if it is still that version\" (If-Match) when a big file's upload is completed";
      case COPY_IF_ABSENT ->
          "\"only if there is none yet\" (If-None-Match: *) when a file is copied inside the bucket";
      case DELETE_IF_UNCHANGED ->
          "\"only if it is still that version\" (If-Match) when a file is removed";
    };
  }

  /// What could happen without it.
  public static String danger(Condition condition) {
    return switch (condition) {
      case PUT_IF_ABSENT, PUT_IF_UNCHANGED, COMPLETE_IF_ABSENT, COMPLETE_IF_UNCHANGED ->
          "two people at work at the same moment could overwrite each other unseen";
      case COPY_IF_ABSENT ->
          "two people who decide about the same file in the same second could overwrite what the"
              + " other one put aside";
      case DELETE_IF_UNCHANGED ->
          "a version that a teammate uploads at the moment of a cleanup could be removed unseen";
    };
  }

  static Finding missing(Condition condition, String remedy) {
    String message =
        "The server lacks the condition " + of(condition) + ": " + danger(condition) + ".";
    return condition == Condition.COPY_IF_ABSENT
        ? Finding.warning(check(condition), message, remedy)
        : Finding.problem(check(condition), message, remedy);
  }

  static Finding honoured(Condition condition) {
    return Finding.ok(
        check(condition),
        switch (condition) {
          case PUT_IF_ABSENT -> "A new file is refused where there is one already.";
          case PUT_IF_UNCHANGED ->
              "A file is replaced only while it is the version that was compared.";
          case COMPLETE_IF_ABSENT ->
              "A new big file, sent in parts, is refused where there is one already.";
          case COMPLETE_IF_UNCHANGED ->
              "A big file is replaced only while it is the version that was compared.";
          case COPY_IF_ABSENT -> "A copy is refused where there is a file already.";
          case DELETE_IF_UNCHANGED ->
              "A file is removed only while it is the version that was looked at.";
        });
  }

  private static Check check(Condition condition) {
    return switch (condition) {
      case PUT_IF_ABSENT -> Check.CREATE_CONDITION;
      case PUT_IF_UNCHANGED -> Check.REPLACE_CONDITION;
      case COMPLETE_IF_ABSENT, COMPLETE_IF_UNCHANGED -> Check.COMPLETE_CONDITION;
      case COPY_IF_ABSENT -> Check.COPY_CONDITION;
      case DELETE_IF_UNCHANGED -> Check.DELETE_CONDITION;
    };
  }
}
