// SPDX-FileCopyrightText: The Backwatch authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"

#include <QLockFile>
#include <QString>

#include <memory>

namespace backwatch {

/// The folder that holds the database and the settings of one Backwatch.
class DataDirectory
{
public:
    explicit DataDirectory(const QString &path) : m_path(path) {}

    /// The folder that the XDG rules give a program of this name.
    static QString defaultPath();

    QString path() const { return m_path; }
    QString database() const;

    /// Makes sure that only one program polls from this folder, as long as the lock lives. Makes the folder.
    Result<std::unique_ptr<QLockFile>> lock() const;

private:
    QString m_path;
};

} // namespace backwatch
