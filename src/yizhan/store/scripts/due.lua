local due, live = {}, {}
for place = 4, #ARGV do
  local job = load(ARGV[place])
  if job then
    live[job.openid] = live[job.openid] or live_jobs(job.openid)
    if not is_blocked(job, live[job.openid]) then
      table.insert(due, job.key)
    end
  end
end
return due
