import { expect, it } from "vitest";
import { otherFileKind } from "../../../../lib/adapters/folder/other-file-kind.ts";
import { decodeWindows1252 } from "../../../../lib/diagnostics/decode-windows1252.ts";

const CSV = "id,name\na1,Zürich\na2,Genève\n";
/** How programs begin a dump. */
const DUMPS = {
  mysqldump: `-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: test
-- ------------------------------------------------------
-- Server version\t8.0.36

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
`,
  "mariadb-dump": `/*M!999999\\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.8-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: test
`,
  "mysqldump --compact": `/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!50503 SET character_set_client = utf8mb4 */;
CREATE TABLE \`t\` (
`,
  pg_dump: `--
-- PostgreSQL database dump
--

\\restrict bWFkZSB1cA

-- Dumped from database version 16.10
-- Dumped by pg_dump version 16.10

SET statement_timeout = 0;
SET lock_timeout = 0;
`,
  "sqlite3 .dump": "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT);\n",
  phpMyAdmin: `-- phpMyAdmin SQL Dump
-- version 5.2.1
-- https://www.phpmyadmin.net/

SET SQL_MODE = "NO_AUTO_VALUE_ON_ZERO";
START TRANSACTION;
`,
  HeidiSQL: `-- --------------------------------------------------------
-- Host:                         127.0.0.1
/*!40101 SET NAMES utf8 */;
`,
  "a person": 'DROP TABLE IF EXISTS "my_table";\nCREATE TABLE "my_table" (id int);\n',
  "a person, with comments": "/* Towns of 2020 */\n-- by hand\ncreate table if not exists public.towns\n(\n  id int\n);\n",
  "a person, into a column list": "\ufeffinsert into `towns`(id, name) values (1, 'Ann');\n",
  "a person, of settings only": "SET NAMES utf8;\nUSE towns;\n",
};

const utf16 = (bigEndian = false): Buffer => (bigEndian ? Buffer.from(CSV, "utf16le").swap16() : Buffer.from(CSV, "utf16le"));

it.each<[string, Buffer | string, RegExp]>([
  ["a workbook", Buffer.from("504b0304140000", "hex"), /^This is a workbook .*save as "CSV UTF-8"\.$/],
  ["an old workbook", Buffer.from("d0cf11e0a1b1", "hex"), /^This is an old Excel workbook/],
  ["a PDF", "%PDF-1.7\n", /^This is a PDF, not a CSV/],
  ["RTF", "{\\rtf1\\ansi\\deff0 {\\fonttbl}\nid,name\\par }", /^This is RTF, .*as CSV/],
  ["xz", Buffer.from("fd377a585a0000", "hex"), /^This is compressed \(xz\)\. .*unxz/],
  ["zstd", Buffer.from("28b52ffd04", "hex"), /^This is compressed \(zstd\)/],
  ["bzip2", Buffer.from("BZh91AY&SY"), /^This is compressed \(bzip2\)/],
  ["a 7z archive", Buffer.from("377abcaf271c0004", "hex"), /^This is a 7z archive\. Unpack/],
  ["a RAR archive", Buffer.from("Rar!\u001a\u0007\u0001"), /^This is a RAR archive/],
  ["Parquet", Buffer.from("PAR1\u0015\u0004"), /^This is a Parquet file/],
  ["Arrow", Buffer.from("ARROW1\0\0"), /^This is an Arrow file/],
  ["Avro", Buffer.from("Obj\u0001"), /^This is an Avro file/],
  ["SQLite", Buffer.from("SQLite format 3\0"), /^This is a SQLite database, .*write the table as CSV/],
  ["a PNG", Buffer.from("89504e470d0a1a0a", "hex"), /^This is a picture/],
  ["a JPEG", Buffer.from("ffd8ffe0", "hex"), /^This is a picture/],
  ["HDF5", Buffer.from("894844460d0a1a0a", "hex"), /^This is an HDF5/],
  ["SYLK", "ID;PWXL;N;E\n", /^This is a SYLK/],
  ["DIF", "TABLE\r\n0,1\r\n", /^This is a DIF/],
  ["a calendar", "BEGIN:VCALENDAR\r\n", /calendar/],
  ["a web page that begins with a comment", "<!-- saved from url -->\n<p>", /^This is a web page/],
  ["gzip", Buffer.from("1f8b0800", "hex"), /^This is compressed \(gzip\)\. .*gunzip/],
  ["UTF-32", Buffer.from("fffe000069000000", "hex"), /^This is UTF-32, not UTF-8/],
  ["UTF-16 with its mark", Buffer.concat([Buffer.from("fffe", "hex"), utf16()]), /^This is UTF-16, not UTF-8/],
  ["UTF-16 without its mark", utf16(), /^This is UTF-16, not UTF-8/],
  ["UTF-16 of the other order", utf16(true), /^This is UTF-16, not UTF-8/],
  ["a web page", "\ufeff\n<!DOCTYPE html><title>Sign in</title>", /^This is a web page, not a CSV\. .*sign in/],
  ["a table of a web page that is called .xls", '<html xmlns:x="urn:x"><table>', /^This is a web page/],
  ["SQL", "INSERT INTO t (id, name) VALUES (1, 'Ann');", /^This is SQL/],
  ["a dump of a database", "-- MySQL dump 10.13\n", /^This is SQL/],
  ["XML", '<?xml version="1.0"?><rows/>', /^This is XML/],
  ["a list of records", '[\n  {"id": "a"}]', /^This is JSON, not a CSV/],
  ["a list of rows", "[[1,2],[3,4]]", /^This is JSON/],
  ["an object", '{"type": "FeatureCollection"}', /^This is JSON/],
  ["a pointer of Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n", /Git LFS.*git lfs pull/],
])("distinguishes %s from a CSV", (_what, bytes, said) => {
  expect(otherFileKind(Buffer.from(bytes as string))).toMatch(said);
});

it.each(Object.entries(DUMPS))("recognizes a dump by %s as SQL", (_program, text) => {
  expect(otherFileKind(Buffer.from(text))).toBe("This is SQL, not a CSV. Load it into a database, and export the table as CSV.");
});

it.each([
  "create table,owner\norders,ann\n",
  "PAR1,PAR2\n1,2\n",
  "ARROW1,n\n1,2\n",
  "ID;PRICE\n1;2\n",
  "TABLE\nt1\n",
  "BZh9,n\n1,2\n",
  "Objekt;n\n1;2\n",
  "%PDF,n\n1,2\n",
  "create table;owner\norders;ann\n",
  "insert into,values\n1,2\n",
  "drop table\tn\norders\t1\n",
  "set;\n1;\n2;\n",
  "begin;\n2020;\n",
  "begin;end\n2020;2021\n",
  "pragma,meaning\nforeign_keys=OFF;,none\n",
  "-- Towns of 2020\nid,name\na,b\n",
  "--,n\na,1\n",
  "/* made by hand */\nid,name\n",
  "/* never closed,name\n",
])("treats %j, which resembles SQL, as a CSV", (text) => {
  expect(otherFileKind(Buffer.from(text))).toBe(undefined);
});

it.each([CSV, "\ufeffid;name\n", "[id],[name]\n", "version,n\n1.0,2\n", "<5,>6\n", "", "a\u0000b,c\nd,e,f,g,h\n", "{x},y\n"])(
  "treats %j as a CSV",
  (text) => {
    expect(otherFileKind(Buffer.from(text))).toBe(undefined);
  },
);

it("reads Windows-1252 as that, not as Latin-1", () => {
  expect(decodeWindows1252(Buffer.from([0x93, 0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68, 0x94, 0x20, 0x96, 0x20, 0x80, 0x35, 0x81]))).toBe(
    "“Zürich” – €5\u0081",
  );
});
