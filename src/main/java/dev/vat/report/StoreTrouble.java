package dev.vat.report;

import dev.vat.cloud.StoreException;
import dev.vat.report.Finding.Kind;

/// What a fault of the object store means to the doctor.
final class StoreTrouble {
  private StoreTrouble() {}

  static Finding finding(Check check, StoreException fault) {
    return switch (fault) {
      case StoreException.Unreachable f ->
          problem(
              check,
              Kind.UNREACHABLE,
              f,
              "Check the internet connection and AWS_ENDPOINT_URL_S3 (vat config shows it).");
      case StoreException.BadCredentials f ->
          problem(
              check,
              Kind.SETTINGS,
              f,
              "Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; vat config shows where they come"
                  + " from.");
      case StoreException.NoSuchBucket f ->
          problem(
              check,
              Kind.SETTINGS,
              f,
              "vat cloud setup makes it; or correct its name or AWS_REGION (vat config shows them).");
      case StoreException.AccessDenied f ->
          problem(
              check,
              Kind.OTHER,
              f,
              "Ask whoever owns the bucket for the permission that the message names.");
      case StoreException.ClockSkewed f -> problem(Check.CLOCK, Kind.OTHER, f, ClockReading.REMEDY);
      case StoreException.Changed f ->
          problem(check, Kind.OTHER, f, "Somebody else was at it; run vat doctor again.");
      case StoreException.Frozen f ->
          problem(check, Kind.OTHER, f, "It has to be thawed before it can be read.");
      case StoreException.NoSuchUpload f -> problem(check, Kind.OTHER, f, "Run vat doctor again.");
      case StoreException.Unsupported f ->
          problem(
              check,
              Kind.OTHER,
              f,
              "Update the server, or use one that has it, such as Amazon S3.");
      case StoreException.Failed f ->
          problem(check, Kind.OTHER, f, "Show the message to whoever looks after the bucket.");
    };
  }

  private static Finding problem(Check check, Kind kind, StoreException fault, String remedy) {
    String message = fault.getMessage();
    return Finding.problem(
        check, kind, message == null ? fault.getClass().getSimpleName() : message, remedy);
  }
}
