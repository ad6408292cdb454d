#include "media_type.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace mailmote::cli {
namespace {

constexpr char kSystemTable[] = "/etc/mime.types";

struct Kind {
  std::string_view extension;
  const char* type;
};

constexpr Kind kKinds[] = {
    {"csv", "text/csv"},        {"eml", "message/rfc822"},   {"gif", "image/gif"},         {"gz", "application/gzip"},
    {"htm", "text/html"},       {"html", "text/html"},       {"jpeg", "image/jpeg"},       {"jpg", "image/jpeg"},
    {"json", "application/json"}, {"log", "text/plain"},     {"mp4", "video/mp4"},         {"pdf", "application/pdf"},
    {"png", "image/png"},       {"svg", "image/svg+xml"},    {"txt", "text/plain"},        {"webp", "image/webp"},
    {"xml", "application/xml"}, {"zip", "application/zip"},
};

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string extension_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  std::string extension(dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1));
  std::transform(extension.begin(), extension.end(), extension.begin(), lowered);
  return extension;
}

// A line is a type and its extensions; empty where the table is not there or does not know it.
std::string in_system_table(const std::string& extension) {
  std::ifstream table(kSystemTable);
  for (std::string line; std::getline(table, line);) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string type;
    words >> type;
    for (std::string word; words >> word;) {
      if (word == extension) return type;
    }
  }
  return {};
}

}  // namespace

std::string media_type(std::string_view file_name) {
  const std::string extension = extension_of(file_name);
  const std::string type = extension.empty() ? std::string() : in_system_table(extension);
  if (!type.empty()) return type;
  for (const Kind& kind : kKinds) {
    if (kind.extension == extension) return kind.type;
  }
  return "application/octet-stream";
}

}  // namespace mailmote::cli
